import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

const Checks = z
  .object({ status: z.string(), checks: z.record(z.string(), z.object({ ok: z.boolean(), why: z.string().optional() })) })
  .meta({ id: 'Readiness' });
const Payloads = z
  .object({ payloads: z.array(z.object({ metadata: z.record(z.string(), z.string()).optional(), data: z.string().optional() })) })
  .meta({ id: 'TemporalPayloads', description: 'Bytes are base64.' });

const codec = (direction: 'encode' | 'decode'): RouteConfig => ({
  method: 'post',
  path: `/codec/${direction}`,
  operationId: `${direction}Payloads`,
  summary: direction === 'decode' ? 'Plain text for the Temporal Web UI' : 'Encrypts what is typed into the Temporal Web UI',
  tags: ['Operations'],
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: Payloads } } } },
  responses: {
    200: { description: 'Payloads of another business come back as they were.', content: { 'application/json': { schema: Payloads } } },
    401: { description: '`auth.required`' },
  },
});

/** Routes for operators and monitors. */
export const opsPaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/health/live',
    operationId: 'isLive',
    summary: 'The process answers',
    tags: ['Operations'],
    security: [],
    responses: { 200: { description: 'Alive.' } },
  },
  {
    method: 'get',
    path: '/health/ready',
    operationId: 'isReady',
    summary: 'Messages that come in now would be answered',
    tags: ['Operations'],
    security: [],
    responses: {
      200: { description: 'Every check holds.', content: { 'application/json': { schema: Checks } } },
      503: { description: 'Some check fails; the body says which.', content: { 'application/json': { schema: Checks } } },
    },
  },
  {
    method: 'get',
    path: '/metrics',
    operationId: 'getMetrics',
    summary: 'Prometheus metrics',
    tags: ['Operations'],
    security: [{ apiKey: [] }, {}],
    responses: { 200: { description: 'Text for Prometheus.' }, 401: { description: '`auth.required`' } },
  },
  codec('decode'),
  codec('encode'),
];
