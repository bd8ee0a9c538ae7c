import { readSeed } from './simulator.seed.ts';
import { startSimulator } from './simulator.server.ts';

const PARENT_CHECK_MS = 1_000;
const { SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_SEED_JSON, SWITCHBOARD_PARENT_PID } = process.env;

const seed = SIMULATOR_SEED_JSON ? await readSeed(SIMULATOR_SEED_JSON) : {};
const simulator = await startSimulator({ port: Number(SIMULATOR_PORT ?? 4010), host: SIMULATOR_HOST ?? '127.0.0.1', seed });
process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url, pid: process.pid })}\n`);

const stop = () => {
  void simulator.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

if (SWITCHBOARD_PARENT_PID) {
  const parent = Number(SWITCHBOARD_PARENT_PID);
  setInterval(() => {
    if (!isAlive(parent)) stop();
  }, PARENT_CHECK_MS);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
