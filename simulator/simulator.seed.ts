import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AccountSeed } from './accounts.state.ts';
import { SettingsPatch } from './settings.state.ts';
import type { WorldSeed } from './world.ts';

const SeedFile = z.strictObject({ accounts: z.array(AccountSeed).default([]), settings: SettingsPatch.default({}) });

/** Reads accounts, numbers and settings from a JSON file; says every mistake at once. */
export async function readSeed(path: string): Promise<WorldSeed> {
  const parsed = SeedFile.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`the simulator's seed file is not right:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
