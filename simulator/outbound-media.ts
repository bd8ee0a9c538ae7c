import type { Message } from './messages.state.ts';
import { isWhatsApp } from './messages.state.ts';
import type { World } from './world.ts';

const MAX_MEDIA_BYTES = 16 * 1_024 * 1_024;
const FETCH_TIMEOUT_MS = 10_000;

/** Fetches the media a message names, as Twilio does when sending. Returns the error code the message fails with, if one. */
export async function attachOutboundMedia(world: World, message: Message): Promise<number | undefined> {
  const fetched = await Promise.all(message.mediaUrls.map((url) => fetchMedia(url)));
  for (const [index, media] of fetched.entries()) {
    if (!media) return isWhatsApp(message) ? 63019 : 30008;
    const stored = world.media.get(message.sid, message.mediaSids[index] ?? '');
    if (stored) Object.assign(stored, media, { dateUpdated: world.clock.now() });
  }
  return undefined;
}

export async function fetchMedia(url: string): Promise<{ contentType: string; bytes: Buffer } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) return undefined;
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.length > MAX_MEDIA_BYTES) return undefined;
    return { bytes, contentType: response.headers.get('content-type')?.split(';')[0]?.trim() || 'application/octet-stream' };
  } catch {
    return undefined;
  }
}
