import { postJson } from '../load/http-post.ts';

/** What is read from the simulator's ledger: the judge of what reached Twilio, and when. */
export interface LedgerEntry {
  n: number;
  at: string;
  kind: string;
  to?: string;
  outboundId?: string;
  httpStatus?: number | null;
  faulted?: string;
}

export interface SimulatorClient {
  ledger(kind: 'message.accepted' | 'message.refused'): Promise<LedgerEntry[]>;
  clearLedger(): Promise<void>;
  fault(fault: { on: 'messages.create'; kind: '429'; rate: number; seed: number }): Promise<void>;
  clearFaults(): Promise<void>;
}

export function createSimulatorClient(url: string): SimulatorClient {
  const remove = async (path: string): Promise<void> => {
    const answer = await fetch(url + path, { method: 'DELETE' });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  };
  return {
    async ledger(kind) {
      const answer = await fetch(`${url}/_sim/ledger?kind=${kind}`);
      if (!answer.ok) throw new Error(`the ledger answered ${answer.status}`);
      return ((await answer.json()) as { entries: LedgerEntry[] }).entries;
    },
    clearLedger: () => remove('/_sim/ledger'),
    async fault(fault) {
      await postJson(`${url}/_sim/faults`, fault);
    },
    clearFaults: () => remove('/_sim/faults'),
  };
}
