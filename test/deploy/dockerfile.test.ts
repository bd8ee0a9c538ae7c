import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Instruction {
  name: string;
  value: string;
}
interface Stage {
  image: string;
  name: string;
  instructions: Instruction[];
}

/** The stages of a Dockerfile, continuation lines joined and comments gone. */
function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/ (.*)/);
    const from = /^FROM (\S+) AS (\S+)$/.exec(line);
    if (from) stages.push({ image: from[1] ?? '', name: from[2] ?? '', instructions: [] });
    else stages.at(-1)?.instructions.push({ name, value });
  }
  return stages;
}

const stages = stagesOf(read('Dockerfile'));
const shipped = stages.at(-1);
const ofShipped = (name: string): string[] => (shipped?.instructions ?? []).filter((instruction) => instruction.name === name).map(({ value }) => value);

describe('the image', () => {
  test('it is built in stages, all from one pinned Node on Debian', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', 'libraries', 'run']);
    expect(new Set(stages.map(({ image }) => image))).toEqual(new Set([stages[0]?.image]));
    expect(stages[0]?.image).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
  });

  test('its Node is one the package accepts', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const [, major, minor] = /^node:(\d+)\.(\d+)/.exec(shipped?.image ?? '') ?? [];
    const [, leastMajor, leastMinor] = />=(\d+)\.(\d+)/.exec(engines.node) ?? [];
    expect(Number(major) * 100 + Number(minor)).toBeGreaterThanOrEqual(Number(leastMajor) * 100 + Number(leastMinor));
  });

  test('what is shipped holds no source, no development library and no root', () => {
    const copied = ofShipped('COPY').join('\n');
    expect(copied).toContain('--from=libraries');
    expect(copied).toContain('--from=build /app/dist ./dist');
    expect(ofShipped('COPY').filter((copy) => !copy.startsWith('--from='))).toEqual(['package.json LICENSE ./']);
    expect(stages.find(({ name }) => name === 'libraries')?.instructions.some(({ value }) => value.includes('npm ci --omit=dev'))).toBe(true);
    expect(ofShipped('USER')).toEqual(['node']);
    const order = shipped?.instructions.map(({ name }) => name) ?? [];
    expect(order.indexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
  });

  test('it says whether it is well, and signals reach the process', () => {
    expect(ofShipped('HEALTHCHECK').join()).toContain('/health/live');
    expect(ofShipped('ENTRYPOINT')).toEqual(['["tini", "--"]']);
    expect(ofShipped('CMD')).toEqual(['["node", "dist/api/main.js"]']);
  });

  test('libraries are installed from the lock file, and no install script runs', () => {
    const installs = stages.flatMap(({ instructions }) => instructions).filter(({ value }) => /npm (ci|i|install)\b/.test(value));
    expect(installs.length).toBe(2);
    for (const { value } of installs) expect(value).toMatch(/npm ci .*--ignore-scripts/);
  });

  test('no secret is built in', () => {
    const set = stages.flatMap(({ instructions }) => instructions).filter(({ name }) => name === 'ENV' || name === 'ARG');
    for (const { value } of set) expect(value).not.toMatch(/SECRET|TOKEN|PASSWORD|KEY/);
  });

  test('the build is sent a list of folders, so that no file of secrets can slip in', () => {
    const lines = read('.dockerignore').trim().split('\n');
    expect(lines[0]).toBe('*');
    expect(lines).toEqual(expect.arrayContaining(['**/.env', '**/*.env', '**/node_modules']));
    const needed = ['package.json', 'package-lock.json', '.npmrc', 'LICENSE', 'tsconfig.json', 'tsconfig.build.json', 'web', 'scripts'];
    expect(lines).toEqual(expect.arrayContaining(needed.map((name) => `!${name}`)));
  });
});
