import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveEvent } from '../api/api.types.ts';
import { createLiveInbox } from './live-events.ts';

const EVENT_TYPES: readonly LiveEvent['type'][] = [
  'message.received',
  'message.planned',
  'message.status',
  'conversation.updated',
  'conversation.owner_changed',
  'attention.raised',
  'resync',
];
const RETRY_MS = 3_000;

/** Keeps the inbox current while it is shown; true while the live channel is open. */
export function useLiveInbox(): boolean {
  const queryClient = useQueryClient();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    const inbox = createLiveInbox(queryClient);
    let source: EventSource;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let wasClosed = false;

    const open = () => {
      source = new EventSource('/api/events');
      source.onopen = () => {
        setConnected(true);
        // The browser resumes by Last-Event-ID; a channel opened anew has no memory of what it missed.
        if (wasClosed) inbox.apply({ id: '', type: 'resync', at: new Date().toISOString() });
        wasClosed = false;
      };
      source.onerror = () => {
        setConnected(false);
        if (source.readyState !== EventSource.CLOSED) return;
        wasClosed = true;
        retry = setTimeout(open, RETRY_MS);
      };
      for (const type of ['message', ...EVENT_TYPES]) source.addEventListener(type, (frame: MessageEvent<string>) => inbox.apply(eventOf(type, frame)));
    };
    open();

    return () => {
      clearTimeout(retry);
      source.close();
      inbox.stop();
    };
  }, [queryClient]);

  return connected;
}

function eventOf(type: string, frame: MessageEvent<string>): LiveEvent {
  const event = { id: frame.lastEventId, type, ...JSON.parse(frame.data || '{}') } as LiveEvent;
  return event;
}
