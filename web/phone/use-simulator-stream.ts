import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SimEvent } from './simulator.cache.ts';
import { applySimEvent } from './simulator.cache.ts';

const TYPES: readonly SimEvent['type'][] = ['message.created', 'message.status', 'webhook.delivered', 'ledger', 'clock', 'reset'];

/** Follows the simulator while the phones are shown; true while connected. What was missed is fetched on every new connection. */
export function useSimulatorStream(): boolean {
  const queryClient = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const source = new EventSource('/_sim/stream');
    let wasOpen = false;
    source.onopen = () => {
      setConnected(true);
      if (wasOpen) void queryClient.invalidateQueries({ queryKey: ['sim'] });
      wasOpen = true;
    };
    source.onerror = () => setConnected(false);
    for (const type of TYPES) {
      source.addEventListener(type, (frame: MessageEvent<string>) => applySimEvent(queryClient, { type, data: JSON.parse(frame.data) } as SimEvent));
    }
    return () => source.close();
  }, [queryClient]);
  return connected;
}
