import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a process counts about itself. Labels are route templates, outcomes and codes: never an id, a number or a name. */
export interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  webhooks: Counter<'kind' | 'outcome'>;
  webhookSeconds: Histogram<'kind'>;
  webhookLogFailures: Counter;
  rateLimited: Counter<'limit'>;
  openStreams: Gauge<'kind'>;
  errors: Counter<'code'>;
}

/** A registry of its own, so that several servers can live in one test process. */
export function createMetrics(options: { process: string; withDefaults?: boolean }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process: options.process });
  if (options.withDefaults) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'switchboard_http_seconds',
      help: 'Time to answer a request, by route template.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 3, 10],
      registers,
    }),
    webhooks: new Counter({
      name: 'switchboard_webhooks_total',
      help: 'Webhooks from Twilio by what became of them.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'switchboard_webhook_ack_seconds',
      help: 'Time from a webhook to its answer.',
      labelNames: ['kind'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    webhookLogFailures: new Counter({
      name: 'switchboard_webhook_log_failures_total',
      help: 'Answered webhooks that could not be written to the webhook log.',
      registers,
    }),
    rateLimited: new Counter({ name: 'switchboard_rate_limited_total', help: 'Requests answered with 429, by limit.', labelNames: ['limit'], registers }),
    openStreams: new Gauge({ name: 'switchboard_open_streams', help: 'Browsers connected for live updates.', labelNames: ['kind'], registers }),
    errors: new Counter({ name: 'switchboard_errors_total', help: 'Errors answered, by stable code.', labelNames: ['code'], registers }),
  };
}
