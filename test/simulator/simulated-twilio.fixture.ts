import { randomBytes } from 'node:crypto';
import twilio from 'twilio';
import type { AccountSeed } from '../../simulator/accounts.state.ts';
import type { FaultRequest } from '../../simulator/faults.ts';
import type { LedgerEntry } from '../../simulator/ledger.ts';
import type { SettingsPatch } from '../../simulator/settings.state.ts';
import type { Simulator } from '../../simulator/simulator.server.ts';
import { startSimulator } from '../../simulator/simulator.server.ts';

export const GARAGE = '+31201234567';
export const ADA = '+31612345678';

export interface SimulatedTwilio extends AsyncDisposable {
  simulator: Simulator;
  account: { accountSid: string; authToken: string };
  /** Twilio's own SDK, talking to the simulator with this account. */
  client: ReturnType<typeof twilio>;
  sim(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  fault(fault: FaultRequest): Promise<void>;
  ledger(kind?: LedgerEntry['kind']): LedgerEntry[];
  /** A customer's message; the answer of `POST /_sim/inbound-message`. */
  write(
    message: Record<string, unknown>,
  ): Promise<{ messageSid: string; deliveries: { status: number | null; ms: number; attempt: number; error?: string }[] }>;
}

/** A running simulator with one garage on SMS and WhatsApp, quick steps, and the real SDK pointed at it. */
export async function simulatedTwilio({ settings, ...account }: Partial<AccountSeed> & { settings?: SettingsPatch } = {}): Promise<SimulatedTwilio> {
  const identity = { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken: randomBytes(16).toString('hex') };
  const simulator = await startSimulator({
    seed: {
      accounts: [{ ...identity, numbers: [{ e164: GARAGE, channels: ['sms', 'whatsapp'] }], ...account }],
      settings: { statusDelayMs: 2, readDelayMs: 2, ...settings },
    },
  });
  const client = twilio(identity.accountSid, identity.authToken, { timeout: 2_000 });
  client.api.baseUrl = simulator.url;

  const sim: SimulatedTwilio['sim'] = async (method, path, body) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    simulator,
    account: identity,
    client,
    sim,
    async fault(fault) {
      const { status, body } = await sim('POST', '/_sim/faults', fault);
      if (status !== 201) throw new Error(`the fault was refused: ${JSON.stringify(body)}`);
    },
    ledger: (kind) => simulator.world.ledger.since(0).filter((entry) => kind === undefined || entry.kind === kind),
    async write(message) {
      const { status, body } = await sim('POST', '/_sim/inbound-message', { from: ADA, to: GARAGE, body: 'Hoi', ...message });
      if (status >= 300) throw new Error(`the message was refused: ${JSON.stringify(body)}`);
      return body as Awaited<ReturnType<SimulatedTwilio['write']>>;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** What a call that must fail failed with. Not asked whether it is an Error: Node's own come from outside Jest's realm. */
export async function failureOf(call: Promise<unknown>): Promise<Error & { status?: number; code?: number | string }> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!outcome) throw new Error('the call was expected to fail');
  return outcome.error as Error;
}
