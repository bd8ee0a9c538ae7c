import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const PREFIX = 'enc:v1:';

/** Encrypts one setting for a file under version control, to be opened by whoever holds SETTINGS_KEY (32 bytes, base64). */
export function sealSetting(value: string, settingsKey: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(settingsKey, 'base64'), iv);
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** A plain setting is returned as it is; a sealed one is opened, or its fault is told in words. */
export function openSetting(raw: string, settingsKey: string | undefined): { value: string } | { fault: string } {
  if (!raw.startsWith(PREFIX)) return { value: raw };
  if (!settingsKey) return { fault: 'is encrypted, and SETTINGS_KEY is not set' };
  try {
    const bytes = Buffer.from(raw.slice(PREFIX.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(settingsKey, 'base64'), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    return { value: Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8') };
  } catch {
    return { fault: 'is encrypted with another SETTINGS_KEY, or damaged' };
  }
}
