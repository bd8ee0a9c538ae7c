/** Jest's globalSetup: services for a bare `npx jest …`; `npm test` brings its own, SWITCHBOARD_TEST_SERVICES=off starts none. */
import { startTestServices } from '../../scripts/local-stack/test-services.mjs';

export default async function setUp() {
  if (process.env.SWITCHBOARD_TEST_SERVICES === 'off' || process.env.TEST_MONGODB_URI) return;
  const services = await startTestServices();
  Object.assign(process.env, services.env);
  globalThis.stopTestServices = services.stop;
}
