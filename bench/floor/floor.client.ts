import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import { liveAndDieWith } from '#platform/parent-process';
import { createAnswers } from '../load/answers.ts';
import { followLines } from '../load/follow-lines.ts';
import type { Write } from '../load/loops.ts';
import { closedLoop, openLoop } from '../load/loops.ts';
import type { FloorInput, FloorMark, FloorRequest } from './floor.contract.ts';
import { FLOOR_SIGNAL, FLOOR_WORKFLOW, floorQueues } from './floor.contract.ts';
import { readFloorSettings } from './floor.settings.ts';

/** The floor's caller: a process like the API, that does nothing but a bare signal-with-start per message. */
const settings = readFloorSettings(process.env);
const ANSWER_WITHIN_MS = 30_000;

const connection = await Connection.connect({ address: settings.temporalAddress });
const client = new Client({ connection });
const answers = createAnswers();
const marks = followLines(settings.marksUrl, (line) => {
  const { key, atMs } = JSON.parse(line) as FloorMark;
  answers.note(key, atMs);
});
await marks.ready;

const queues = floorQueues(settings.queuePrefix);
const write: Write = (conversation) => {
  const key = randomUUID();
  const input: FloorInput = { secondQueue: queues.second, inbox: [] };
  const acknowledged = client.workflow.signalWithStart(FLOOR_WORKFLOW, {
    workflowId: `${settings.queuePrefix}${conversation}`,
    taskQueue: queues.first,
    args: [input],
    signal: FLOOR_SIGNAL,
    signalArgs: [key],
  });
  return { acknowledged: acknowledged.then(() => undefined), answeredAtMs: answers.of(key, ANSWER_WITHIN_MS) };
};

const server = createServer(async (request, response) => {
  if (request.method !== 'POST') return void response.writeHead(200).end();
  try {
    const { loop, ...plan } = (await json(request)) as FloorRequest;
    const run = loop === 'open' ? await openLoop(plan, write) : await closedLoop(plan, write);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(run));
  } catch (thrown) {
    response.writeHead(500).end(String(thrown));
  }
});
server.requestTimeout = 0;

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await marks[Symbol.asyncDispose]();
  await connection.close();
}
process.once('SIGTERM', () => void stop());
liveAndDieWith(settings.parentPid, () => void stop());
server.listen(settings.port, '127.0.0.1');
