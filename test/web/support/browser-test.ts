import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { OpenedPage } from './browser.ts';
import { launchBrowser, openPage } from './browser.ts';
import type { FixtureServer } from './fixture-server.ts';
import { startFixtureServer } from './fixture-server.ts';

const STARTING_MS = 180_000;
/** A browser on a machine that runs the rest of the suite at the same time is slow; each single wait still has its own, shorter patience. */
const SLOWEST_TEST_MS = 120_000;

/** Starts the fixture and one browser for a test file; each visit has its own storage and is closed after its test. */
export function useFixtureBrowser() {
  let server: FixtureServer;
  let browser: Browser;
  let opened: OpenedPage[] = [];
  jest.setTimeout(SLOWEST_TEST_MS);
  beforeAll(async () => {
    server = await startFixtureServer();
    browser = await launchBrowser();
  }, STARTING_MS);
  beforeEach(() => server.world.reset());
  afterEach(async () => {
    await Promise.all(opened.map(({ context }) => context.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    get world() {
      return server.world;
    },
    async visit(path: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
      const visit = await openPage(browser, server.url + path, options);
      opened.push(visit);
      return visit;
    },
  };
}
