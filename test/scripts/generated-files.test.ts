import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '#platform/config';
import { SETTINGS } from '#platform/config.definition';
import { describedSettings } from '#scripts/described-settings';
import { generate as generateConfigurationPage } from '#scripts/generate-config-docs';
import { generate as generateEnvExample } from '#scripts/generate-env-example';

const root = join(__dirname, '..', '..');
const ENVIRONMENT_NAMES = [...Object.values(SETTINGS).map(({ env }) => env), 'SETTINGS_KEY'];
const required = { SESSION_SECRET: 's'.repeat(32), ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };

/** NAME=value lines, commented out or not. */
function entriesOf(text: string): { name: string; value: string; active: boolean }[] {
  return [...text.matchAll(/^(#?)([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, hash, name = '', value = '']) => ({ name, value, active: hash === '' }));
}

describe('.env.example', () => {
  test('it is what the definition says', () => {
    expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(generateEnvExample());
  });

  test('it names every setting exactly once', () => {
    expect(
      entriesOf(generateEnvExample())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...ENVIRONMENT_NAMES].sort());
  });

  test('the lines to fill in are the required ones, and they are empty', () => {
    expect(entriesOf(generateEnvExample()).filter(({ active }) => active)).toEqual(
      Object.keys(required).map((name) => expect.objectContaining({ name, value: '' })),
    );
  });

  test('the defaults it shows are the defaults', () => {
    const shown = Object.fromEntries(describedSettings().flatMap(({ env, defaultText }) => (defaultText === undefined ? [] : [[env, defaultText]])));
    expect(loadConfig({ ...required, ...shown })).toEqual(loadConfig(required));
  });

  test('no secret has a value', () => {
    const secrets = new Set(
      describedSettings()
        .filter(({ secret }) => secret)
        .map(({ env }) => env),
    );
    expect(entriesOf(generateEnvExample()).filter(({ name, value }) => secrets.has(name) && value !== '')).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  test('it is what the definition says', () => {
    expect(readFileSync(join(root, 'docs', 'configuration.md'), 'utf8')).toBe(generateConfigurationPage());
  });

  test('every setting has a row with its sentence', () => {
    const rows = generateConfigurationPage()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1]).sort()).toEqual([...ENVIRONMENT_NAMES].sort());
    for (const row of rows) expect(row.split(' | ')[1]).toMatch(/\w{3,}.*\.$/);
  });
});
