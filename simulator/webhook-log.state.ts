import type { PostResult } from './http.post.ts';
import { withoutFragment } from './signature.ts';

/** One call of a webhook with all its tries, for the inspector. */
export interface WebhookRecord {
  id: number;
  at: string;
  kind: 'inbound' | 'status' | 'fallback';
  accountSid: string;
  sid: string;
  url: string;
  headers: Record<string, string>;
  /** Names and values in the order they were sent. */
  parameters: [string, string][];
  body: string;
  attempts: (PostResult & { attempt: number; at: string })[];
  faulted?: string;
  curl: string;
}

const KEPT = 2_000;

export interface WebhookLog {
  add(record: Omit<WebhookRecord, 'id' | 'curl'>): WebhookRecord;
  since(id: number): WebhookRecord[];
  get(id: number): WebhookRecord | undefined;
  clear(): void;
}

export function createWebhookLog(): WebhookLog {
  let records: WebhookRecord[] = [];
  let last = 0;
  return {
    add(facts) {
      last += 1;
      const record: WebhookRecord = { ...facts, id: last, curl: curlOf(facts) };
      records.push(record);
      if (records.length > KEPT) records = records.slice(-KEPT);
      return record;
    },
    since: (id) => records.filter((record) => record.id > id),
    get: (id) => records.find((record) => record.id === id),
    clear() {
      records = [];
    },
  };
}

function curlOf({ url, headers, body }: Pick<WebhookRecord, 'url' | 'headers' | 'body'>): string {
  const lines = Object.entries(headers).map(([name, value]) => `  -H ${shellQuoted(`${name}: ${value}`)}`);
  return [`curl -X POST ${shellQuoted(withoutFragment(url))}`, ...lines, `  --data-raw ${shellQuoted(body)}`].join(' \\\n');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
