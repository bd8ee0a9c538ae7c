import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';

const FOLDER = join(__dirname, '../histories');
const stored = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const historyIn = (name: string) => historyFromJSON(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

describe('conversations that ran on an earlier version', () => {
  test('there are some', () => {
    expect(stored.length).toBeGreaterThanOrEqual(6);
  });

  test.each(stored)('%s goes on with the workflows of today', async (name) => {
    await expect(
      Worker.runReplayHistory({ workflowBundle: { codePath: process.env['TEST_WORKFLOW_BUNDLE'] ?? '' } }, historyIn(name)),
    ).resolves.toBeUndefined();
  });

  test('a careless change of the workflow is found', async () => {
    const broken = await bundleWorkflowCode({
      workflowsPath: join(__dirname, 'fixtures/conversation.broken.workflow.ts'),
      logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} },
    });
    await expect(Worker.runReplayHistory({ workflowBundle: broken }, historyIn('conversation-web-chat.json'))).rejects.toThrow(/determinism|TMPRL1100/i);
  }, 60_000);
});
