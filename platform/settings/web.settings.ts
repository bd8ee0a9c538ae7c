import { z } from 'zod';
import { commaList, setting, wholeNumber } from './setting.ts';

export const WEB_SETTINGS = {
  httpPort: setting({ env: 'HTTP_PORT', group: 'Web', about: 'The port the API and the pages listen on.', schema: wholeNumber(0, 65_535).default(3000) }),
  httpHost: setting({ env: 'HTTP_HOST', group: 'Web', about: 'The address the API binds to.', schema: z.string().default('127.0.0.1') }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    group: 'Web',
    about: 'The address people reach this installation at; outside localhost it must be https.',
    schema: z.url().default('http://localhost:3000'),
  }),
  trustedProxies: setting({
    env: 'TRUSTED_PROXIES',
    group: 'Web',
    about: 'Addresses or ranges of the reverse proxies whose forwarded scheme and client address are believed; empty believes nobody.',
    schema: commaList.default([]),
  }),
  corsOrigins: setting({
    env: 'CORS_ORIGINS',
    group: 'Web',
    about: 'Websites whose pages may call the web chat API, separated by commas.',
    schema: commaList.default([]),
  }),
  sessionSecret: setting({
    env: 'SESSION_SECRET',
    group: 'Web',
    about: 'Signs session cookies and visitor tokens.',
    schema: z.string().min(32, 'at least 32 characters: openssl rand -base64 32'),
    secret: true,
    example: '',
  }),
};
