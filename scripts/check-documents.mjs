import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Documents may not point at what is gone: every relative link, every heading linked to, every path in backquotes that
 * starts in one of our folders (files of secrets apart) and every `npm run` command must exist.
 */
const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const LIFECYCLE = ['start', 'test', 'ci', 'install'];
const FOLDERS = [
  'api',
  'workflows',
  'activities',
  'workers',
  'services',
  'domain',
  'models',
  'providers',
  'platform',
  'simulator',
  'web',
  'test',
  'scripts',
  'bench',
  'docs',
  'deploy',
  '\\.ci',
  '\\.github',
];
const PATH = new RegExp(`^(?:${FOLDERS.join('|')})/[\\w./*-]+$`);

const faults = documents().flatMap((file) => faultsOf(file).map((fault) => `${relative(root, file)}: ${fault}`));
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function documents() {
  const inFolder = (folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
          .map((entry) => join(entry.parentPath, entry.name))
      : [];
  const atRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
  return [...atRoot.map((name) => join(root, name)), ...inFolder(join(root, 'docs')), ...inFolder(join(root, 'deploy'))];
}

function faultsOf(file) {
  const text = readFileSync(file, 'utf8');
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...linkFaults(file, prose), ...pathFaults(prose), ...commandFaults(text)];
}

function linkFaults(file, prose) {
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target).filter((target) => !/^[a-z]+:/.test(target));
  return links.flatMap((link) => {
    const [path, anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return [`${link} leads nowhere`];
    if (anchor && target.endsWith('.md') && !anchorsOf(target).has(anchor)) return [`${link}: there is no such heading`];
    return [];
  });
}

/** Headings the way GitHub turns them into anchors. */
function anchorsOf(file) {
  const headings = readFileSync(file, 'utf8').match(/^#{1,6} .+$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function pathFaults(prose) {
  const paths = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, code]) => code).filter((code) => PATH.test(code) && !code.endsWith('.env'));
  return paths.filter((path) => !existsSync(join(root, path.replace(/\/?\*.*$/, '')))).map((path) => `${path} does not exist`);
}

function commandFaults(text) {
  const commands = [...text.matchAll(/npm (?:run )?([\w:-]+)/g)].filter(([whole]) => whole.startsWith('npm run')).map(([, name]) => name);
  return commands.filter((name) => !(name in scripts) && !LIFECYCLE.includes(name)).map((name) => `npm run ${name} is no script of package.json`);
}
