import { z } from 'zod';
import { seededRandom } from './random.ts';

export const FAULT_KINDS = {
  'messages.create': ['429', '500-before', '503-before', '500-after', 'reset-before', 'reset-after', 'hang', 'hang-before', 'drop', 'delay', 'refuse'],
  'messages.list': ['429', '500-before', '503-before', '500-after', 'reset-before', 'reset-after', 'hang', 'hang-before', 'drop', 'delay'],
  callbacks: ['drop', 'duplicate', 'delay', 'reorder', 'bad-signature'],
  webhooks: ['drop', 'duplicate', 'delay', 'reorder', 'bad-signature'],
  delivery: ['fail', 'undelivered', 'delay'],
  chat: ['429', '500-before', '500-after', 'reset-before', 'reset-after', 'hang', 'hang-before', 'drop', 'delay'],
} as const satisfies Record<string, readonly string[]>;

export type FaultPoint = keyof typeof FAULT_KINDS;
export type FaultKind = (typeof FAULT_KINDS)[FaultPoint][number];

const points = Object.keys(FAULT_KINDS) as [FaultPoint, ...FaultPoint[]];
const kinds = [...new Set(Object.values(FAULT_KINDS).flat())] as [FaultKind, ...FaultKind[]];

export const FaultRequest = z
  .strictObject({
    on: z.enum(points),
    kind: z.enum(kinds),
    /** Share of matching requests that are hit; 1 without it. */
    rate: z.number().min(0).max(1).default(1),
    /** How often it strikes before it is used up; for ever without it. */
    count: z.number().int().positive().optional(),
    /** Length of a delay, of a hang, or how long a reordered message waits for the next one. */
    ms: z.number().int().min(0).max(600_000).optional(),
    seed: z.number().int().default(1),
    /** For `refuse`, `fail` and `undelivered`. */
    errorCode: z.number().int().optional(),
    match: z
      .strictObject({ to: z.string().optional(), from: z.string().optional(), accountSid: z.string().optional(), status: z.string().optional() })
      .default({}),
  })
  .refine((fault) => (FAULT_KINDS[fault.on] as readonly string[]).includes(fault.kind), {
    message: 'this kind of fault cannot happen there',
    path: ['kind'],
  });
export type FaultRequest = z.input<typeof FaultRequest>;

export type Fault = z.infer<typeof FaultRequest> & { id: number; struck: number };
export type FaultSubject = { to?: string; from?: string; accountSid?: string; status?: string };

export interface Faults {
  add(fault: z.infer<typeof FaultRequest>): Fault;
  list(): Fault[];
  clear(id?: number): void;
  /** The first fault that strikes this subject now; using it up counts. */
  strike(on: FaultPoint, subject: FaultSubject): Fault | undefined;
}

export function createFaults(): Faults {
  let faults: { fault: Fault; random: () => number }[] = [];
  let nextId = 1;
  return {
    add(request) {
      const fault: Fault = { ...request, id: nextId, struck: 0 };
      nextId += 1;
      faults.push({ fault, random: seededRandom(request.seed) });
      return fault;
    },
    list: () => faults.map(({ fault }) => fault),
    clear(id) {
      faults = id === undefined ? [] : faults.filter(({ fault }) => fault.id !== id);
    },
    strike(on, subject) {
      for (const { fault, random } of faults) {
        if (fault.on !== on || !matches(fault, subject)) continue;
        if (fault.count !== undefined && fault.struck >= fault.count) continue;
        if (random() >= fault.rate) continue;
        fault.struck += 1;
        return fault;
      }
      return undefined;
    },
  };
}

function matches({ match }: Fault, subject: FaultSubject): boolean {
  return (['to', 'from', 'accountSid', 'status'] as const).every((key) => match[key] === undefined || match[key] === subject[key]);
}
