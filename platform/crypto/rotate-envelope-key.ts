import { unavailable } from '#domain/failure';
import type { KeyStore } from './key-store.port.ts';
import { envelopeKey, unwrapKey, wrapKey } from './key-wrap.ts';

const PAGE = 200;

/**
 * Wraps every key that `from` wraps in `to` instead; the keys themselves, and so all sealed data, stay as they are.
 * Safe to repeat and to run while the system works, as long as every process knows both envelope keys. Returns how many moved.
 * @throws Failure `keys.unavailable` when a key is wrapped by neither.
 */
export async function rotateEnvelopeKey(store: KeyStore, from: Buffer, to: Buffer): Promise<number> {
  const old = envelopeKey(from);
  const replacement = envelopeKey(to);
  let moved = 0;
  let afterId = '';
  for (;;) {
    const page = await store.listRootWrapped(afterId, PAGE);
    for (const stored of page) {
      if (stored.wrapped.startsWith(`${replacement.name}.`)) continue;
      const key = unwrapKey([old], stored.id, stored.wrapped);
      if (!key) throw unavailable('keys', 'A key is wrapped by an envelope key that was not given.');
      if (await store.rewrap({ ...stored, wrapped: wrapKey(replacement, stored.id, key) }, stored.wrapped)) moved += 1;
    }
    const last = page.at(-1);
    if (!last) return moved;
    afterId = last.id;
  }
}
