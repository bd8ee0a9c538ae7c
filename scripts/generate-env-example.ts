import type { DescribedSetting } from './described-settings.ts';
import { settingsByGroup } from './described-settings.ts';

export const file = '.env.example';

const INTRODUCTION = `# Every setting of Switchboard. Generated from platform/config.definition.ts by \`npm run generate\`.
# Copy this file to .env and fill in the lines that end in "="; a line that starts with # shows the default or an example.
# Values may be encrypted: see docs/configuration.md.
`;

/** The text of \`.env.example\`: required settings as empty lines to fill in, all others commented out. */
export function generate(): string {
  const groups = [...settingsByGroup()].map(([group, settings]) => `# ---- ${group} ----\n\n${settings.map(entry).join('\n')}`);
  return [INTRODUCTION, ...groups].join('\n');
}

function entry({ env, about, required, secret, values, defaultText, example }: DescribedSetting): string {
  const notes = [required ? 'Required.' : '', secret ? 'Secret.' : '', values === '' ? '' : `(${values.replaceAll('`', '')})`].filter((note) => note !== '');
  const line = required ? `${env}=` : `#${env}=${defaultText ?? example}`;
  return `# ${[about.replaceAll('`', ''), ...notes].join(' ')}\n${line}\n`;
}
