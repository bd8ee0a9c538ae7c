import { z } from 'zod';

/** Ids are letters, digits and a few marks; anything else names nothing. */
export const Id = z.string().regex(/^[\w.:-]{1,200}$/, 'an id');

export const At = z.iso.datetime().meta({ description: 'UTC', example: '2026-11-20T10:15:00.000Z' });

export const Page = {
  cursor: z.string().max(500).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(30),
};

/** `true` or `false` as a query string says it; `z.coerce.boolean` would take "false" for true. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const ErrorBody = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'Stable; see the list at the top.', example: 'conversation.not_found' }),
      message: z.string().meta({ description: 'For people; may change.' }),
      requestId: z.string().meta({ description: 'Quote it when you ask about the request; it is also in the x-request-id header.' }),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .meta({ id: 'Error' });

export const pageOf = <T extends z.ZodType>(item: T, name: string) => z.object({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id: name });
