import type { Models } from './models.ts';

/** Up to when a number's messages were compared with Twilio's own list. */
export interface WatermarksRepository {
  get(name: string): Promise<Date | null>;
  /** Only ever moves forward. Safe to repeat. */
  set(name: string, at: Date): Promise<void>;
}

export const createWatermarksRepository = (db: Pick<Models, 'watermarks'>): WatermarksRepository => ({
  async get(name) {
    const row = await db.watermarks.findOne({ _id: name }).lean();
    return row?.at ?? null;
  },
  async set(name, at) {
    await db.watermarks.updateOne({ _id: name }, { $max: { at } }, { upsert: true });
  },
});
