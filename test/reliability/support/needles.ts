import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What must not be found, and the ways in which it might be written. */
export function waysToWrite(secrets: Readonly<Record<string, string>>): { name: string; bytes: Buffer }[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const plain = Buffer.from(secret);
    const spellings = new Set([plain.toString(), encodeURIComponent(secret), plain.toString('hex'), ...base64Cores(plain)]);
    return [...spellings].map((spelling) => ({ name: `${name} as ${spelling}`, bytes: Buffer.from(spelling) }));
  });
}

/** The part of a text's base64 that is the same wherever in a longer text it begins. */
function base64Cores(plain: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset, ' '), plain])
      .toString('base64')
      .replace(/=+$/, '');
    return padded.slice(offset === 0 ? 0 : offset + 1, -2);
  });
}

export const findIn = (haystack: Buffer, needles: readonly { name: string; bytes: Buffer }[]): string[] =>
  needles.filter(({ bytes }) => haystack.includes(bytes)).map(({ name }) => name);

/** Reads every file below `folder` (or the one file) and says which needles are in which. */
export async function findInFiles(paths: readonly string[], needles: readonly { name: string; bytes: Buffer }[]): Promise<string[]> {
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  const found = new Set<string>();
  for (const path of paths) {
    let tail = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 })) {
      const part = Buffer.concat([tail, chunk as Buffer]);
      for (const name of findIn(part, needles)) found.add(`${name} in ${path}`);
      tail = part.subarray(Math.max(0, part.length - longest));
    }
  }
  return [...found];
}

export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
