import { randomBytes } from 'node:crypto';
import { newSid } from './sids.ts';

export interface Media {
  sid: string;
  accountSid: string;
  parentSid: string;
  contentType: string;
  bytes: Buffer;
  dateCreated: Date;
  dateUpdated: Date;
}

const STORAGE_LINK_MS = 60_000;

export interface MediaState {
  add(media: Omit<Media, 'sid' | 'dateUpdated'>): Media;
  get(parentSid: string, sid: string): Media | undefined;
  ofMessage(parentSid: string): Media[];
  remove(sid: string): void;
  /** A secret that opens the bytes without credentials for a minute of real time, like a signed storage URL. */
  openStorageLink(sid: string): string;
  fromStorageLink(secret: string): Media | undefined;
  clear(): void;
}

export function createMedia(): MediaState {
  const media = new Map<string, Media>();
  const links = new Map<string, { sid: string; expiresAt: number }>();
  return {
    add(facts) {
      const added: Media = { ...facts, sid: newSid('ME'), dateUpdated: facts.dateCreated };
      media.set(added.sid, added);
      return added;
    },
    get(parentSid, sid) {
      const found = media.get(sid);
      return found?.parentSid === parentSid ? found : undefined;
    },
    ofMessage: (parentSid) => [...media.values()].filter((one) => one.parentSid === parentSid),
    remove: (sid) => void media.delete(sid),
    openStorageLink(sid) {
      const secret = randomBytes(24).toString('base64url');
      for (const [known, { expiresAt }] of links) if (expiresAt < Date.now()) links.delete(known);
      links.set(secret, { sid, expiresAt: Date.now() + STORAGE_LINK_MS });
      return secret;
    },
    fromStorageLink(secret) {
      const link = links.get(secret);
      return link && link.expiresAt >= Date.now() ? media.get(link.sid) : undefined;
    },
    clear() {
      media.clear();
      links.clear();
    },
  };
}
