/**
 * Downloads Temporal's development server the way the SDK does, into the folder given as argument.
 * The SDK has no download of its own, only "start, downloading first": so it is started once, with no UI, and stopped.
 */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: download-temporal.mjs <folder>');

try {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder }, log: { format: 'json', level: 'error' } },
  });
  await environment.teardown();
  process.exit(0);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
