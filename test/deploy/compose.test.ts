import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '#platform/config';
import { SETTINGS } from '#platform/config.definition';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

interface Service {
  image: string;
  user?: string;
  restart: string;
  build?: string;
  environment?: Record<string, string | number>;
  env_file?: string;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  logging?: { options: Record<string, string> };
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
}

const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const JOBS = ['mongodb-setup', 'temporal-schema', 'temporal-setup'];
const OURS = ['api', 'worker'];
const settingNames = new Set(Object.values(SETTINGS).map(({ env }) => env));

/** The variables the file wants from outside, with whether each has a default. */
const wanted = [...text.matchAll(/\$\{([A-Z_]+)(:[-?])?([^}]*)\}/g)].map(([, name = '', operator]) => ({ name, hasDefault: operator === ':-' }));

describe('docker-compose.yml', () => {
  test('the whole system is there, and nothing else', () => {
    expect(services.map(([name]) => name).sort()).toEqual([...OURS, ...JOBS, 'https', 'mongodb', 'postgres', 'temporal', 'temporal-ui'].sort());
  });

  test.each(services)('%s runs a pinned version', (_name, { image }) => {
    const tag = image.replace(/^\$\{\w+:-(.+)\}$/, '$1').split(':')[1];
    expect(tag).toMatch(/^\d+\.\d+(\.\d+)?/);
  });

  test('MongoDB is one whose known holes are closed', () => {
    const [major = 0, minor = 0, patch = 0] =
      /mongo:(\d+)\.(\d+)\.(\d+)/
        .exec(compose.services.mongodb?.image ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    expect([major, minor]).toEqual([8, 0]);
    expect(patch).toBeGreaterThanOrEqual(21);
  });

  test.each(services.filter(([name]) => !JOBS.includes(name)))(
    '%s says whether it is well, and comes back when it falls',
    (_name, { healthcheck, restart }) => {
      expect(healthcheck?.test.length).toBeGreaterThan(1);
      expect(restart).toBe('unless-stopped');
    },
  );

  test.each(JOBS)('%s tries again when it fails, and is done when it succeeds', (name) => {
    expect(compose.services[name]?.restart).toMatch(/^on-failure/);
  });

  test('everything waits for what it needs to be well, or done', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        expect([name, needed, condition]).toEqual([name, needed, JOBS.includes(needed) ? 'service_completed_successfully' : 'service_healthy']);
        expect(compose.services[needed]).toBeDefined();
      }
    }
    for (const name of OURS) expect(Object.keys(compose.services[name]?.depends_on ?? {}).sort()).toEqual(['mongodb-setup', 'temporal-setup']);
  });

  test('no database and no Temporal is published; the API and the Web UI only on this machine', () => {
    expect(
      services
        .filter(([, { ports }]) => ports)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['api', 'https', 'temporal-ui']);
    for (const name of ['api', 'temporal-ui']) for (const port of compose.services[name]?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(compose.services.https?.profiles).toEqual(['https']);
  });

  test('databases stand in a network that leads nowhere', () => {
    expect(compose.networks.inside).toMatchObject({ internal: true });
    for (const name of ['mongodb', 'mongodb-setup', 'postgres', 'temporal', 'temporal-schema', 'temporal-setup'])
      expect(compose.services[name]?.networks).toEqual(['inside']);
  });

  test.each(services)('%s cannot gain rights, and its log cannot fill the disk', (_name, { security_opt, logging }) => {
    expect(security_opt).toContain('no-new-privileges:true');
    expect(logging?.options).toMatchObject({ 'max-size': '10m' });
  });

  test('our own processes write nowhere and keep no capability; databases do not run as root', () => {
    for (const name of OURS) expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    for (const name of ['mongodb', 'postgres']) expect(compose.services[name]?.user).toMatch(/^(999:999|postgres)$/);
  });

  test('every setting our processes are given exists', () => {
    for (const name of OURS) expect(Object.keys(compose.services[name]?.environment ?? {}).filter((env) => !settingNames.has(env))).toEqual([]);
  });

  test('no secret has a value or a default here', () => {
    for (const { name, hasDefault } of wanted.filter((variable) => /PASSWORD|KEY|SECRET|TOKEN/.test(variable.name)))
      expect([name, hasDefault]).toEqual([name, false]);
    for (const [, { environment = {} }] of services) {
      for (const [env, value] of Object.entries(environment)) if (/PASSWORD|PWD|KEY|SECRET|TOKEN/.test(env)) expect(String(value)).toMatch(/^\$\{[A-Z_]+:\?/);
    }
  });

  test('files that are mounted exist, and volumes are declared', () => {
    for (const [, { volumes = [] }] of services) {
      for (const source of volumes.map((volume) => volume.split(':')[0] ?? '')) {
        if (source.startsWith('./')) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  test('the search attributes made there are the ones conversations carry', () => {
    const made = /for attribute in ([\w ]+); do/.exec(readFileSync(join(root, 'deploy/temporal/setup.sh'), 'utf8'))?.[1]?.split(' ');
    const carried = [
      ...readFileSync(join(root, 'services/conversations/conversation-workflow.ts'), 'utf8').matchAll(/defineSearchAttributeKey\('(\w+)', 'KEYWORD'\)/g),
    ].map(([, name]) => name);
    expect(made?.sort()).toEqual(carried.sort());
  });
});

describe('deploy/make-env.sh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-env-'));
  const run = (...args: string[]) =>
    execFileSync('sh', [join(root, 'deploy/make-env.sh'), ...args], {
      env: { ...process.env, SWITCHBOARD_ENV_FOLDER: folder },
      stdio: 'pipe',
      encoding: 'utf8',
    });
  const entries = (file: string) =>
    Object.fromEntries([...readFileSync(join(folder, file), 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('an address that is not https is refused before anything is written', () => {
    expect(() => run('http://desk.example.com')).toThrow(/Usage/);
    expect(existsSync(join(folder, '.env'))).toBe(false);
  });

  test('it writes every secret compose asks for, and settings the application starts with', () => {
    run('https://desk.example.com');
    const given = entries('.env');
    const required = wanted.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name);
    expect(required).toContain('MONGO_REPLICA_KEY');
    for (const name of required) expect([name, given[name]]).toEqual([name, expect.stringMatching(/^[0-9a-f]{48,}$/)]);
    expect(loadConfig(entries('deploy/switchboard.env'))).toMatchObject({ mode: 'production', publicUrl: 'https://desk.example.com' });
    expect(given.PUBLIC_HOST).toBe('desk.example.com');
  });

  test('only their owner may read them', () => {
    for (const file of ['.env', 'deploy/switchboard.env']) expect((statSync(join(folder, file)).mode & 0o777).toString(8)).toBe('600');
  });

  test('a second run changes nothing: keys cannot be made again', () => {
    const before = readFileSync(join(folder, 'deploy/switchboard.env'), 'utf8');
    expect(() => run('https://other.example.com')).toThrow(/stays as it is/);
    expect(readFileSync(join(folder, 'deploy/switchboard.env'), 'utf8')).toBe(before);
  });
});
