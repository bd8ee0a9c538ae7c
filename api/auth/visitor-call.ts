import { chatConversationId } from '#services/webchat/visitor-address';
import { readVisitorToken } from '#services/webchat/visitor-token';
import type { OpenCall, VisitorCall } from '../calls.ts';
import { ApiFailure } from '../errors.ts';
import { isFromOwnPage } from '../security.ts';
import { bearerOf } from './staff-call.ts';

/** The token comes in the header, or for EventSource, which can send none, as `?token=`. @throws ApiFailure 401, 403 for a website that is not listed. */
export async function visitorCall(call: OpenCall): Promise<VisitorCall> {
  checkOrigin(call);
  const { req, installation } = call;
  const inQuery = req.method === 'GET' && typeof req.query['token'] === 'string' ? req.query['token'] : undefined;
  const reading = await readVisitorToken(installation, bearerOf(req.headers.authorization) ?? inQuery ?? '');
  if (reading.state !== 'valid')
    throw new ApiFailure('unauthenticated', 'chat.token_invalid', 'The visitor token is missing, wrong or expired; open a new session.');
  const { businessId, address } = reading.claims;
  await installation.keys.preload([businessId]);
  const conversationId = chatConversationId({ keys: installation.keys, businessId }, address);
  return { ...call, visitor: { businessId, address, conversationId }, ctx: installation.forBusiness(businessId, { type: 'customer', conversationId }) };
}

/** A browser on a website that is not listed gets no answer, rather than one its page cannot read. */
export function checkOrigin({ req, installation }: Pick<OpenCall, 'req' | 'installation'>): void {
  const { origin } = req.headers;
  if (origin !== undefined && !installation.config.corsOrigins.includes(origin) && !isFromOwnPage(installation.config, { origin })) {
    throw new ApiFailure('forbidden', 'chat.origin_not_allowed', 'This website may not use the web chat.');
  }
}
