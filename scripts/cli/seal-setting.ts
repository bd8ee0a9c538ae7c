import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { isCancel, password } from '@clack/prompts';
import { sealSetting } from '#platform/config.secrets';

export interface SealSettingOptions {
  environment: NodeJS.ProcessEnv;
  newKey: boolean;
  print: (line: string) => void;
  input?: NodeJS.ReadableStream & { isTTY?: boolean };
}

/** Reads a value without showing it and without leaving it in the shell's history, and prints it sealed. Returns the exit code. */
export async function sealSettingFromInput({ environment, newKey, print, input = process.stdin }: SealSettingOptions): Promise<number> {
  const settingsKey = newKey ? randomBytes(32).toString('base64') : environment.SETTINGS_KEY;
  if (!settingsKey || Buffer.from(settingsKey, 'base64').length !== 32) {
    print('SETTINGS_KEY must hold 32 bytes in base64; --new-key makes one.');
    return 1;
  }
  const value = input.isTTY ? await password({ message: 'The value to encrypt' }) : (await text(input)).trimEnd();
  if (isCancel(value) || value === '') {
    print('There is nothing to encrypt.');
    return 1;
  }
  if (newKey) print(`SETTINGS_KEY=${settingsKey}`);
  print(sealSetting(value, settingsKey));
  return 0;
}
