/** How Twilio calls a webhook, from the `#ct=…&rc=…` fragment of its URL. Times are milliseconds, `retries` come on top of the first try. */
export interface ConnectionOverrides {
  connectTimeoutMs: number;
  readTimeoutMs: number;
  totalTimeoutMs: number;
  retries: number;
  retryOn: ReadonlySet<AttemptFailure>;
  /** A policy nobody knows: Twilio reports 11243 and keeps its default. */
  invalidPolicy: boolean;
}

export type AttemptFailure = 'ct' | 'rt' | '4xx' | '5xx';

const FAILURES: readonly AttemptFailure[] = ['ct', 'rt', '4xx', '5xx'];

export function connectionOverridesOf(url: string): ConnectionOverrides {
  const hash = url.indexOf('#');
  const fragment = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  const policies = fragment
    .get('rp')
    ?.split(',')
    .map((policy) => policy.trim());
  const invalidPolicy = policies?.some((policy) => policy !== 'all' && !isFailure(policy)) ?? false;
  const retryOn = !policies || invalidPolicy ? ['ct' as const] : policies.includes('all') ? FAILURES : policies.filter(isFailure);
  return {
    connectTimeoutMs: bounded(fragment.get('ct'), 100, 10_000, 5_000),
    readTimeoutMs: bounded(fragment.get('rt'), 100, 15_000, 15_000),
    totalTimeoutMs: bounded(fragment.get('tt'), 100, 15_000, 15_000),
    retries: bounded(fragment.get('rc'), 0, 5, 1),
    retryOn: new Set(retryOn),
    invalidPolicy,
  };
}

function isFailure(policy: string): policy is AttemptFailure {
  return (FAILURES as readonly string[]).includes(policy);
}

function bounded(text: string | null, least: number, most: number, otherwise: number): number {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
}
