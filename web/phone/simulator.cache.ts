import type { QueryClient } from '@tanstack/react-query';
import type { SimThread } from './simulator.queries.ts';
import { faultsQuery, ledgerQuery, simClockQuery, threadQuery, webhooksQuery } from './simulator.queries.ts';
import type { LedgerEntry, SimClock, SimMessage, WebhookRecord } from './simulator.types.ts';

const KEPT = 400;

export type SimEvent =
  | { type: 'message.created' | 'message.status'; data: SimMessage }
  | { type: 'webhook.delivered'; data: WebhookRecord }
  | { type: 'ledger'; data: LedgerEntry }
  | { type: 'clock'; data: SimClock }
  | { type: 'reset'; data: unknown };

/** Puts what the simulator reports into the cache; a message that changes while its thread was never loaded is left to its first load. */
export function applySimEvent(queryClient: QueryClient, event: SimEvent): void {
  switch (event.type) {
    case 'message.created':
    case 'message.status':
      queryClient.setQueryData(threadQuery(customerOf(event.data)).queryKey, (thread) => thread && withSimMessage(thread, event.data));
      return;
    case 'webhook.delivered':
      queryClient.setQueryData(webhooksQuery.queryKey, (records) => records && [...records.filter(({ id }) => id !== event.data.id), event.data].slice(-KEPT));
      return;
    case 'ledger':
      queryClient.setQueryData(ledgerQuery.queryKey, (entries) => entries && [...entries.filter(({ n }) => n !== event.data.n), event.data].slice(-KEPT));
      if (event.data.faulted) void queryClient.invalidateQueries({ queryKey: faultsQuery.queryKey });
      return;
    case 'clock':
      queryClient.setQueryData(simClockQuery.queryKey, event.data);
      void queryClient.invalidateQueries({ queryKey: ['clock'] });
      return;
    case 'reset':
      void queryClient.invalidateQueries({ queryKey: ['sim'] });
  }
}

/** The phone's own address in a message, whichever way it went. */
export const customerOf = ({ direction, from, to }: SimMessage): string => (direction === 'inbound' ? (from ?? '') : to);

/** Statuses may overtake each other on the way here; the later `updatedAt` wins. */
export function withSimMessage(thread: SimThread, message: SimMessage): SimThread {
  const known = thread.messages.find(({ sid }) => sid === message.sid);
  if (!known) return { ...thread, messages: [...thread.messages, message] };
  if (known.updatedAt > message.updatedAt) return thread;
  return { ...thread, messages: thread.messages.map((each) => (each.sid === message.sid ? message : each)) };
}
