// Records the histories that every later version of the workflows must still replay: `npx tsx test/histories/record.ts`.
// Existing files are never overwritten: a history stands for conversations that really ran on an earlier version.
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startTestServices } from '../../scripts/local-stack/test-services.mjs';
import { aConversation, startDesk } from '../workflows/support/desk.ts';
import type { Desk } from '../workflows/support/desk.ts';
import { until } from '../support/waiting.ts';

type Recording = (desk: Desk) => Promise<string>;

const whenLogged = (desk: Desk, line: string) => until(() => desk.log.some((logged) => logged.startsWith(line)));

const RECORDINGS: Record<string, Recording> = {
  'conversation-burst-and-second-turn': async (desk) => {
    const customer = aConversation(desk, { timings: { idleMs: 500 } });
    await customer.says('m1');
    await customer.says('m2');
    await whenLogged(desk, 'deliver m2');
    await customer.says('m3');
    await whenLogged(desk, 'deliver m3');
    return customer.workflowId;
  },
  'conversation-inline-thinking': async (desk) => {
    const customer = aConversation(desk, { thinksInline: true, timings: { idleMs: 500 } });
    await customer.says('m1');
    await whenLogged(desk, 'deliver m1');
    return customer.workflowId;
  },
  'conversation-takeover-and-handback': async (desk) => {
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 500 } });
    await customer.takeOver();
    await customer.says('m1');
    await customer.staffWrites('hello');
    await whenLogged(desk, 'deliver hello');
    await customer.handBack();
    await customer.says('m2');
    await whenLogged(desk, 'deliver m2');
    return customer.workflowId;
  },
  'conversation-unknown-send-found': async (desk) => {
    desk.onDeliver = () => ({ outcome: 'unknown' });
    desk.onReconcile = (_id, looks) => (looks < 2 ? { found: false, emptyLooks: looks } : { found: true });
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 500 } });
    await customer.says('m1');
    await whenLogged(desk, 'look for m1: found');
    return customer.workflowId;
  },
  'conversation-send-parked': async (desk) => {
    desk.onDeliver = (_id, tries) => (tries === 1 ? { outcome: 'parked', waitsFor: 'twilio' } : { outcome: 'accepted' });
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 500 } });
    await customer.says('m1');
    await whenLogged(desk, 'deliver m1: accepted');
    return customer.workflowId;
  },
  'conversation-web-chat': async (desk) => {
    const visitor = aConversation(desk, { channel: 'web', timings: { quietMs: 0, idleMs: 500 } });
    await visitor.asks('w1');
    await visitor.asks('w2');
    return visitor.workflowId;
  },
};

const services = await startTestServices();
Object.assign(process.env, services.env);
try {
  for (const [name, record] of Object.entries(RECORDINGS)) {
    const path = fileURLToPath(new URL(`${name}.json`, import.meta.url));
    if (existsSync(path)) continue;
    await using desk = await startDesk();
    const handle = desk.client.workflow.getHandle(await record(desk));
    await until(async () => (await handle.describe()).status.name === 'COMPLETED');
    writeFileSync(path, historyToJSON(await handle.fetchHistory()));
    process.stdout.write(`recorded ${name}\n`);
  }
} finally {
  await services.stop();
}
