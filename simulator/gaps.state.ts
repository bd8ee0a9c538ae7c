/** Requests and parameters of Twilio that the simulator does not know: an honest list instead of a silent 200. */
export interface Gap {
  method: string;
  path: string;
  parameter?: string;
  count: number;
}

export interface GapsState {
  record(gap: Omit<Gap, 'count'>): void;
  list(): Gap[];
  clear(): void;
}

export function createGaps(): GapsState {
  const gaps = new Map<string, Gap>();
  return {
    record(found) {
      const path = found.path.replace(/\b(AC|SM|MM|ME|MG|HX|PN|CA|RE)[0-9a-fA-F]{32}\b/g, '{$1}');
      const key = JSON.stringify([found.method, path, found.parameter]);
      const known = gaps.get(key);
      if (known) known.count += 1;
      else gaps.set(key, { ...found, path, count: 1 });
    },
    list: () => [...gaps.values()],
    clear: () => gaps.clear(),
  };
}
