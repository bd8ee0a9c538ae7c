import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Request, RequestHandler, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import { parseKeyId } from '#platform/crypto/key-id';
import { createPayloadCodec } from '#platform/crypto/payload-codec';
import { authenticateApiKey } from '#services/auth/authenticate-api-key';
import { bearerOf } from '../auth/staff-call.ts';
import type { ApiScope } from '../calls.ts';
import { isLoopback } from '../client-address.ts';
import { ApiFailure } from '../errors.ts';
import { nameRoute } from '../request-log.ts';
import { isFromOwnPage } from '../security.ts';

const Bytes = z.string().transform((encoded) => Uint8Array.from(Buffer.from(encoded, 'base64')));
const Payloads = z.object({ payloads: z.array(z.object({ metadata: z.record(z.string(), Bytes).optional(), data: Bytes.optional() })).max(500) });

/** Which keys a caller may open payloads with. */
type MayOpen = (keyId: string | undefined) => boolean;

/**
 * The Temporal Web UI's codec server, so that whoever operates the system reads plain text there and nowhere else.
 * In test mode for browsers on this machine; otherwise for an API key, and then only what belongs to the key's business.
 */
export function codecRoutes(scope: ApiScope): Router {
  const codec = createPayloadCodec(scope.installation.keys);
  const router = express.Router();
  const parse = express.json({ limit: '8mb', type: () => true });
  router.use('/codec', corsForTemporalUi(scope));
  for (const direction of ['encode', 'decode'] as const) {
    router.post(`/codec/${direction}`, nameRoute(`/codec/${direction}`), async (req, res) => {
      const mayOpen = await admit(scope, req);
      await new Promise<void>((resolve, reject) => parse(req, res, (error: unknown) => (error ? reject(error as Error) : resolve())));
      const given = Payloads.safeParse(req.body);
      if (!given.success) throw new ApiFailure('invalid', 'request.invalid', 'These are no payloads.');
      res.set('Cache-Control', 'no-store').json({ payloads: (await convert(codec, direction, given.data.payloads, mayOpen)).map(toJson) });
    });
  }
  return router;
}

async function convert(codec: PayloadCodec, direction: 'encode' | 'decode', payloads: Payload[], mayOpen: MayOpen): Promise<Payload[]> {
  if (direction === 'encode') return await codec.encode(payloads, undefined as never);
  return await Promise.all(
    payloads.map(async (payload) => (mayOpen(keyIdOf(payload)) ? ((await codec.decode([payload], undefined as never))[0] ?? payload) : payload)),
  );
}

const keyIdOf = ({ metadata }: Payload): string | undefined => (metadata?.['key-id'] ? Buffer.from(metadata['key-id']).toString() : undefined);

async function admit({ installation }: ApiScope, req: Request): Promise<MayOpen> {
  const { config } = installation;
  const token = bearerOf(req.headers.authorization);
  if (token !== undefined) {
    const { businessId } = await authenticateApiKey(installation, { token });
    return (keyId) => keyId !== undefined && parseKeyId(keyId)?.businessId === businessId;
  }
  const isOwnBrowser = isFromOwnPage(config, { origin: req.headers.origin }) || req.headers.origin === originOf(config.temporalUiUrl);
  if (config.mode === 'test' && isLoopback(req.ip) && isOwnBrowser) return () => true;
  throw new ApiFailure('unauthenticated', 'auth.required', 'The codec needs an API key.');
}

function corsForTemporalUi({ installation: { config } }: ApiScope): RequestHandler {
  const allowed = originOf(config.temporalUiUrl);
  return (req, res, next) => {
    res.vary('Origin');
    if (allowed && req.headers.origin === allowed) {
      res.set({
        'Access-Control-Allow-Origin': allowed,
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Credentials': 'true',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
    }
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  };
}

const originOf = (url: string | undefined): string | undefined => (url === undefined ? undefined : new URL(url).origin);

const toJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])),
  ...(data && { data: Buffer.from(data).toString('base64') }),
});
