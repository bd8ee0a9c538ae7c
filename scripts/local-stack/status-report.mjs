import { demoBusinesses } from './demo-api.mjs';
import { answersOk } from './node-process.mjs';
import { dataPaths } from './paths.mjs';
import { readSecrets } from './secrets.mjs';
import { runningStack } from './stack-state.mjs';

const NOT_RUNNING = {
  ready: false,
  api: null,
  phone: null,
  inbox: null,
  docs: null,
  simulator: null,
  temporalAddress: null,
  temporalUi: null,
  temporalNamespace: null,
  mongodbUri: null,
  twilio: { accountSid: null, authToken: null, publicUrl: null },
  demo: { apiKey: null, businesses: [] },
  pids: { supervisor: null, temporal: null, mongod: null, simulator: null, api: null, worker: null },
};

/**
 * The object that `npm run status -- --json` prints, the same whether a stack runs or not.
 * `ready` is asked now, not remembered. Secrets appear in test mode only.
 * @param {string} dataDir
 */
export async function stackStatus(dataDir, env = process.env) {
  const stack = runningStack(dataDir);
  if (!stack) return NOT_RUNNING;
  const ready = stack.ready && (await answersOk(`${stack.api}/health/ready`).catch(() => false));
  const secrets = stack.mode === 'test' ? { ...readSecrets(dataPaths(dataDir).secrets), ...definedIn(env) } : {};
  return {
    ready,
    api: stack.api,
    phone: stack.phone,
    inbox: stack.inbox,
    docs: stack.docs,
    simulator: stack.simulator,
    temporalAddress: stack.temporalAddress,
    temporalUi: stack.temporalUi,
    temporalNamespace: stack.temporalNamespace,
    mongodbUri: stack.mongodbUri,
    twilio: { accountSid: secrets.TWILIO_ACCOUNT_SID ?? null, authToken: secrets.TWILIO_AUTH_TOKEN ?? null, publicUrl: stack.publicUrl },
    demo: { apiKey: secrets.DEMO_API_KEY ?? null, businesses: ready ? await demoBusinesses(stack.api, secrets.DEMO_API_KEY) : [] },
    pids: stack.pids,
  };
}

const definedIn = (env) =>
  Object.fromEntries(['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'DEMO_API_KEY'].filter((name) => env[name]).map((name) => [name, env[name]]));
