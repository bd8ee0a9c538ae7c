import type { DescribedSetting } from './described-settings.ts';
import { settingsByGroup } from './described-settings.ts';

export const file = 'docs/configuration.md';

const INTRODUCTION = `# Configuration

<!-- Generated from platform/config.definition.ts by \`npm run generate\`; change the definition, not this page. -->

Settings are environment variables; \`.env.example\` lists them all. An empty value counts as absent. A process that finds a
fault says all faults at once, each with the name of its setting and never with its value, and does not start;
\`npm run cli -- check-config\` says the same without starting anything.

Secrets have no default. Any secret may be given encrypted, so that the file it stands in can be kept under version control:
\`npm run cli -- seal-setting\` reads a value and prints \`enc:v1:…\`, which whoever holds \`SETTINGS_KEY\` can open.

\`npm start\` sets everything itself and makes its own secrets under \`.data/\`.
`;

/** The page that explains every setting, one table per group. */
export function generate(): string {
  const groups = [...settingsByGroup()].map(
    ([group, settings]) => `## ${group}\n\n| Setting | What it means | Values | Default |\n| --- | --- | --- | --- |\n${settings.map(row).join('\n')}\n`,
  );
  return [INTRODUCTION, ...groups].join('\n');
}

const row = ({ env, about, required, secret, values, defaultText }: DescribedSetting): string =>
  `| \`${env}\` | ${escaped(about)}${secret ? ' Secret.' : ''} | ${escaped(values)} | ${required ? '**required**' : shown(defaultText)} |`;

const shown = (text: string | undefined): string => (text === undefined ? 'none' : text === '' ? 'empty' : `\`${text}\``);

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
