import type { Request } from 'express';
import { ApiFailure } from '../errors.ts';

/** More than any webhook of Twilio holds. */
const MOST_BYTES = 64 * 1024;

/**
 * The body byte for byte, since that is what was signed. No body parser comes before this.
 * @throws ApiFailure 400 when it is no form or too large.
 */
export async function readRawForm(req: Request): Promise<Buffer> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || (req.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new ApiFailure('invalid', 'webhook.unreadable', 'A webhook is sent as application/x-www-form-urlencoded.');
  if (Number(req.headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (): ApiFailure => new ApiFailure('invalid', 'webhook.too_large', 'The body is larger than any webhook.');
