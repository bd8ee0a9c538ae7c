import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const GENERATORS = {
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  SESSION_SECRET: () => randomBytes(32).toString('base64url'),
  TWILIO_ACCOUNT_SID: () => `AC${randomBytes(16).toString('hex')}`,
  TWILIO_AUTH_TOKEN: () => randomBytes(16).toString('hex'),
  DEMO_API_KEY: () => `sk_test_${randomBytes(24).toString('base64url')}`,
};

/**
 * Test mode's secrets: made once per data directory, readable by their owner only, and kept, because what is stored
 * can be read with them alone. A setting given in the environment wins.
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<keyof typeof GENERATORS, string>}
 */
export function demoSecrets(path, env = process.env) {
  const stored = readSecrets(path);
  const complete = { ...newSecrets(), ...stored };
  if (Object.keys(complete).some((name) => stored[name] !== complete[name])) writePrivately(path, complete);
  return /** @type {Record<keyof typeof GENERATORS, string>} */ (
    Object.fromEntries(Object.entries(complete).map(([name, value]) => [name, env[name] || value]))
  );
}

/** @returns {Record<keyof typeof GENERATORS, string>} */
export function newSecrets() {
  return /** @type {Record<keyof typeof GENERATORS, string>} */ (Object.fromEntries(Object.entries(GENERATORS).map(([name, generate]) => [name, generate()])));
}

/** @param {string} path @returns {Record<string, string>} */
export function readSecrets(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

/** @param {string} path @param {unknown} value */
export function writePrivately(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}
