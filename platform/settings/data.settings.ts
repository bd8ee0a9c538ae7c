import { z } from 'zod';
import { key32, setting, wholeNumber } from './setting.ts';

export const DATA_SETTINGS = {
  payloadKeyDays: setting({
    env: 'PAYLOAD_KEY_DAYS',
    group: 'Data',
    about: 'Days after which the weekly keys of Temporal payloads are destroyed; keep it longer than the namespace keeps histories.',
    schema: wholeNumber(3, 365).default(14),
  }),
  mongodbUri: setting({
    env: 'MONGODB_URI',
    group: 'Data',
    about: 'The MongoDB replica set (change streams and transactions need one), with the database name in the path.',
    schema: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'a mongodb:// or mongodb+srv:// address')
      .default('mongodb://127.0.0.1:27017/switchboard?replicaSet=rs0'),
  }),
  encryptionKey: setting({
    env: 'ENCRYPTION_KEY',
    group: 'Data',
    about: 'The envelope key that wraps every other key; losing it loses every message.',
    schema: key32,
    secret: true,
    example: '',
  }),
};
