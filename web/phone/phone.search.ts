import { z } from 'zod';

export const PANELS = ['webhooks', 'faults', 'ledger'] as const;
export type Panel = (typeof PANELS)[number];

export const phoneSearchSchema = z.object({
  /** E.164 of a phone to bring into view; it is added when nobody has it yet. */
  phone: z.coerce.string().optional().catch(undefined),
  panel: z
    .enum([...PANELS, 'closed'])
    .optional()
    .catch(undefined),
});
