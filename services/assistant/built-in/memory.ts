import { z } from 'zod';
import type { AssistantMemory } from '#domain/assistant/assistant.port';
import type { CarQuery } from '#domain/language/car-query';

/** What the built-in assistant keeps between turns. */
export interface Remembered {
  language?: 'nl' | 'en';
  /** The one car being talked about. */
  carId?: string;
  /** What was searched for last, so that "en een diesel?" narrows it. */
  lastQuery?: CarQuery;
  /** The cars shown last, in the order they were numbered. */
  shownIds: string[];
  /** What a "yes" would agree to. */
  offered?: 'hand_over' | 'appointment';
  /** In a row. */
  misunderstandings: number;
}

const Range = z.object({ min: z.number().optional(), max: z.number().optional() });
const Query = z.object({
  brand: z.string().optional(),
  model: z.object({ name: z.string(), key: z.string() }).optional(),
  details: z.array(z.string()),
  fuel: z.enum(['petrol', 'diesel', 'hybrid', 'electric']).optional(),
  city: z.string().optional(),
  price: Range.optional(),
  year: Range.optional(),
  maxMileageKm: z.number().optional(),
  first: z.enum(['cheapest', 'newest', 'lowest_mileage']).optional(),
  notInListing: z.array(z.string()),
});

const Stored = z.object({
  language: z.enum(['nl', 'en']).optional().catch(undefined),
  carId: z.string().max(100).optional().catch(undefined),
  lastQuery: Query.optional().catch(undefined),
  shownIds: z.array(z.string().max(100)).max(10).catch([]),
  offered: z.enum(['hand_over', 'appointment']).optional().catch(undefined),
  misunderstandings: z.number().int().min(0).catch(0),
});

/** Another assistant may have written the memory: what does not fit is forgotten, not an error. */
export const remember = (memory: AssistantMemory): Remembered => Stored.parse(memory);

/** Keeps what other assistants remember. */
export const toMemory = (memory: AssistantMemory, remembered: Remembered): AssistantMemory => ({ ...memory, ...remembered });
