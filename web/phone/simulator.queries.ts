import { queryOptions } from '@tanstack/react-query';
import type { ConversationDetail, ConversationSummary, Demo, Page } from '../api/api.types.ts';
import { get, post, remove } from '../api/http.client.ts';
import type { Fault, FaultRequest, InboundMessage, LedgerEntry, SimClock, SimMessage, WebhookRecord } from './simulator.types.ts';

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => get<Demo>('/api/demo', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface SimThread {
  messages: SimMessage[];
}

export const threadQuery = (address: string) =>
  queryOptions({
    queryKey: ['sim', 'thread', address],
    queryFn: ({ signal }) => get<SimThread>(`/_sim/messages?with=${encodeURIComponent(address)}`, { signal }),
  });

export const simClockQuery = queryOptions({ queryKey: ['sim', 'clock'], queryFn: ({ signal }) => get<SimClock>('/_sim/clock', { signal }) });

export const webhooksQuery = queryOptions({
  queryKey: ['sim', 'webhooks'],
  queryFn: async ({ signal }) => (await get<{ webhooks: WebhookRecord[] }>('/_sim/webhooks', { signal })).webhooks,
});

export const ledgerQuery = queryOptions({
  queryKey: ['sim', 'ledger'],
  queryFn: async ({ signal }) => (await get<{ entries: LedgerEntry[] }>('/_sim/ledger', { signal })).entries,
});

export const faultsQuery = queryOptions({
  queryKey: ['sim', 'faults'],
  queryFn: async ({ signal }) => (await get<{ faults: Fault[] }>('/_sim/faults', { signal })).faults,
});

/** The inbox's conversation for one chat of a phone, when the signed-in member's business has it. */
export const conversationOfQuery = (chat: { customer: string; channel: string; businessNumber: string }) =>
  queryOptions({
    queryKey: ['sim', 'conversation-of', chat],
    queryFn: async ({ signal }) => {
      const { items } = await get<Page<ConversationSummary>>(`/api/conversations?phone=${encodeURIComponent(chat.customer)}&channel=${chat.channel}`, {
        signal,
      });
      const found = items.find(({ businessNumber }) => businessNumber === chat.businessNumber);
      return found ? get<ConversationDetail>(`/api/conversations/${encodeURIComponent(found.id)}`, { signal }) : null;
    },
    retry: false,
  });

/** Answers as soon as the simulator has the message; how its webhook fared comes by the stream. */
export const sendFromPhone = (message: InboundMessage) => post<{ messageSid: string }>('/_sim/inbound-message', { ...message, wait: false });
export const markRead = (sid: string) => post(`/_sim/messages/${sid}/read`);
export const resendWebhook = (id: number) => post<WebhookRecord>(`/_sim/webhooks/${id}/resend`);
export const addFault = (fault: FaultRequest) => post<Fault>('/_sim/faults', fault);
export const removeFault = (id: number) => remove(`/_sim/faults/${id}`);
export const removeAllFaults = () => remove('/_sim/faults');
export const advanceClock = (ms: number) => post<SimClock>('/_sim/clock', { advance: ms });
