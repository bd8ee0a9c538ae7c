import { Readable } from 'node:stream';
import { loadConfig } from '#platform/config';
import { sealSettingFromInput } from '#scripts/cli/seal-setting';

async function seal(
  value: string,
  { environment = {}, newKey = false }: { environment?: NodeJS.ProcessEnv; newKey?: boolean } = {},
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await sealSettingFromInput({ environment, newKey, print: (line) => lines.push(line), input: Readable.from([value]) });
  return { code, lines };
}

test('what it prints is a setting the application starts with', async () => {
  const { code, lines } = await seal(`${'s'.repeat(40)}\n`, { newKey: true });
  expect(code).toBe(0);
  const [key = '', sealed = ''] = lines;
  const settings = { SETTINGS_KEY: key.replace('SETTINGS_KEY=', ''), SESSION_SECRET: sealed, ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };
  expect(loadConfig(settings).sessionSecret).toBe('s'.repeat(40));
});

test('without a key, or with nothing to encrypt, it says so', async () => {
  expect(await seal('value')).toEqual({ code: 1, lines: [expect.stringContaining('SETTINGS_KEY')] });
  expect(await seal('\n', { newKey: true })).toEqual({ code: 1, lines: ['There is nothing to encrypt.'] });
});

test('the value itself is never printed', async () => {
  const { lines } = await seal('a-secret-nobody-may-see', { newKey: true });
  expect(lines.join('\n')).not.toContain('a-secret-nobody-may-see');
});
