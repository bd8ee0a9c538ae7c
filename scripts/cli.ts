import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { z } from 'zod';
import type { BusinessId } from '#domain/ids';
import { BusinessFile } from './cli/business-file.ts';
import { checkConfig } from './cli/check-config.ts';
import { createBusiness } from './cli/create-business.ts';
import { sealSettingFromInput } from './cli/seal-setting.ts';
import { signInLink } from './cli/sign-in-link.ts';
import { printWebhooks } from './cli/webhooks.ts';
import { withInstallation } from './cli/with-installation.ts';

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

program
  .command('create-business')
  .description('make a business from a file like deploy/business.example.json, with the Twilio account and numbers of the settings')
  .argument('<file>', 'JSON')
  .action(async (path: string) => {
    const file = BusinessFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!file.success) {
      console.log(z.prettifyError(file.error));
      process.exitCode = 1;
      return;
    }
    process.exitCode = await withInstallation(environment(), console.log, async (installation) => {
      const { business, signInUrl } = await createBusiness(installation, file.data);
      console.log(`${business.name} is business ${business.id}.\nSign in once, within 15 minutes: ${signInUrl}`);
    });
  });

program
  .command('sign-in-link')
  .description('print an address that signs a member in once, within 15 minutes; with --name the member is made when there is none')
  .requiredOption('--business <id>')
  .requiredOption('--email <address>')
  .option('--name <name>')
  .addOption(new Option('--role <role>').choices(['owner', 'staff']).default('staff'))
  .action(async ({ business, ...member }: { business: string; email: string; name?: string; role: 'owner' | 'staff' }) => {
    process.exitCode = await withInstallation(environment(), console.log, async (installation) => {
      console.log(await signInLink(installation, { businessId: business as BusinessId, ...member }));
    });
  });

await program.parseAsync();
