import { isFailure } from '#domain/failure';
import { ConfigError, loadConfig } from '#platform/config';
import { composeInstallation } from '#services/compose';
import type { Installation } from '#services/context';

/** Runs a command against the configured databases and closes them after it. A refusal is printed in a line; a fault is thrown. Returns the exit code. */
export async function withInstallation(
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
  command: (installation: Installation) => Promise<void>,
): Promise<number> {
  try {
    await using installation = await composeInstallation(loadConfig(environment), 'script');
    await command(installation);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof ConfigError || isFailure(thrown))) throw thrown;
    print(thrown.message);
    return 1;
  }
}
