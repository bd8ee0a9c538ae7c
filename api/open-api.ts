import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import type { Access } from './calls.ts';
import { ErrorBody } from './contracts/shared.contract.ts';
import type { Route } from './define-route.ts';
import type { ErrorCode } from './error-codes.ts';
import { ERROR_CODES } from './error-codes.ts';
import { opsPaths } from './open-api.ops.ts';
import { webhookPaths } from './open-api.webhooks.ts';
import { routeTable } from './route-table.ts';

const STATUS_OF_CODE: Partial<Record<ErrorCode, number>> = {
  'request.invalid': 400,
  'cursor.invalid': 400,
  'number.not_yours': 400,
  'auth.member_required': 400,
  'message.opted_out': 409,
  'message.not_retryable': 409,
  'rate.limited': 429,
  'auth.link_invalid': 401,
  'auth.csrf': 403,
  'chat.identity_invalid': 403,
  'chat.origin_not_allowed': 403,
  'workflow.unreachable': 503,
  'intake.unavailable': 503,
};

/** What every route of an access may answer besides its own codes. */
const USUAL_ERRORS: Record<Access, ErrorCode[]> = {
  open: [],
  staff: ['auth.required', 'auth.key_invalid', 'auth.csrf', 'rate.limited'],
  visitor: ['chat.token_invalid', 'chat.origin_not_allowed', 'rate.limited'],
  operator: ['auth.required'],
};

const SECURITY: Record<Access, Record<string, string[]>[]> = {
  open: [],
  staff: [{ apiKey: [] }, { session: [] }],
  visitor: [{ visitorToken: [] }],
  operator: [{ apiKey: [] }, {}],
};

const ABOUT = `Switchboard answers a business's WhatsApp, SMS and web chat. Everything the dashboard does goes through this API.

Errors always have the shape \`{ error: { code, message, requestId } }\`. Codes are stable:

| code | meaning |
|---|---|
${Object.entries(ERROR_CODES)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}`;

/** The description of every route, made from the same contracts that check requests. Needs nothing that runs. */
export function buildOpenApiDocument(): ReturnType<OpenApiGeneratorV31['generateDocument']> {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of one business: `Authorization: Bearer sk_…`.',
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'sb.sid',
    description: 'A signed-in browser (`__Host-sb.sid` over https); POST needs x-csrf-token as well.',
  });
  registry.registerComponent('securitySchemes', 'visitorToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'From `POST /api/chat/session`.',
  });
  const noSessions = (): never => {
    throw new Error('a description starts nothing');
  };
  for (const route of routeTable(noSessions)) registry.registerPath(pathOf(route));
  for (const path of [...webhookPaths, ...opsPaths]) registry.registerPath(path);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Switchboard', version: '1', description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: ['Conversations', 'Live updates', 'Web chat', 'Sign-in', 'Settings', 'Webhook log', 'Webhooks from Twilio', 'Operations', 'Test mode'].map(
      (name) => ({ name }),
    ),
  });
}

function pathOf(route: Route): RouteConfig {
  return {
    method: route.method,
    path: route.path.replace(/:(\w+)/g, '{$1}'),
    operationId: route.operation,
    summary: route.summary,
    tags: [route.tag],
    security: SECURITY[route.access],
    request: {
      ...(route.params && { params: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
      ...(route.body && {
        body: {
          required: !route.body.isOptional(),
          content: { 'application/json': { schema: route.body, ...(route.bodyExample !== undefined && { example: route.bodyExample }) } },
        },
      }),
    },
    responses: { ...successesOf(route), ...errorsOf(route) },
  };
}

function successesOf({ success, output, stream }: Route): RouteConfig['responses'] {
  const contentOf = (example: unknown) => (output ? { 'application/json': { schema: output, ...(example !== undefined && { example }) } } : undefined);
  return Object.fromEntries(
    success.map(({ status, about, example }) => [
      status,
      {
        description: about,
        ...(stream ? { content: { 'text/event-stream': { schema: { type: 'string' } } } } : output ? { content: contentOf(example) } : {}),
      },
    ]),
  );
}

function errorsOf(route: Route): RouteConfig['responses'] {
  const codes = [
    ...new Set<ErrorCode>([...USUAL_ERRORS[route.access], ...(route.errors ?? []), ...(route.body || route.query ? (['request.invalid'] as const) : [])]),
  ];
  const statuses = [...new Set(codes.map(statusOfCode))];
  const byStatus = statuses.map((status) => [status, codes.filter((code) => statusOfCode(code) === status)] as const);
  return Object.fromEntries(
    byStatus.map(([status, list]) => [
      status,
      { description: list.map((code) => `\`${code}\`: ${ERROR_CODES[code]}`).join(' '), content: { 'application/json': { schema: ErrorBody } } },
    ]),
  );
}

export function statusOfCode(code: ErrorCode): number {
  if (code.endsWith('.not_found')) return 404;
  return STATUS_OF_CODE[code] ?? (code.startsWith('auth.') || code === 'chat.token_invalid' ? 401 : 400);
}
