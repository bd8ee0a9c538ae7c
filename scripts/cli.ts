import { Command } from 'commander';
import { checkConfig } from './cli/check-config.ts';
import { sealSettingFromInput } from './cli/seal-setting.ts';
import { printWebhooks } from './cli/webhooks.ts';

/** `npm run cli -- <command>`; in the image `node dist/scripts/cli.js <command>`. */
const program = new Command('switchboard')
  .description('Commands for whoever runs an installation.')
  .option('--env-file <path>', 'settings to read besides the environment, which wins')
  .showHelpAfterError();

const environment = (): NodeJS.ProcessEnv => {
  const { envFile } = program.opts<{ envFile?: string }>();
  if (envFile) process.loadEnvFile(envFile);
  return process.env;
};

program
  .command('check-config')
  .description('say every fault of the configuration at once, and what it leaves switched off')
  .action(() => {
    process.exitCode = checkConfig(environment(), console.log);
  });

program
  .command('webhooks')
  .description('print the addresses to paste into the Twilio console')
  .action(() => {
    process.exitCode = printWebhooks(environment(), console.log);
  });

program
  .command('seal-setting')
  .description('encrypt one setting, typed or piped in, under SETTINGS_KEY')
  .option('--new-key', 'make a SETTINGS_KEY and print it first')
  .action(async ({ newKey }: { newKey?: boolean }) => {
    process.exitCode = await sealSettingFromInput({ environment: environment(), newKey: newKey === true, print: console.log });
  });

await program.parseAsync();
