import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGuard } from '../../scripts/local-stack/guard.mjs';
import { startTestServices } from '../../scripts/local-stack/test-services.mjs';
import { Cleanup } from '../../test/support/cleanup.ts';
import type { Floor } from '../floor/floor.contender.ts';
import { startFloor } from '../floor/floor.contender.ts';
import type { Product } from '../load/product.contender.ts';
import { productContender } from '../load/product.contender.ts';
import { chooseEntries } from './entries.ts';
import type { ProcessList } from './process-usage.ts';
import { startProduct } from './product-stack.ts';

/** One Temporal and one MongoDB, with the floor and the product on them. */
export interface World extends AsyncDisposable {
  /** Which code of the product is measured. */
  measures: string;
  /** The workflow bundle the workers load. */
  bundlePath: string;
  floor(): Promise<Floor>;
  /** The product with these settings; the one before is stopped, so that only one works at a time. */
  product(settings?: Record<string, string>): Promise<Product>;
  /** A product of the caller's own, to run beside another or to be thrown away. */
  newProduct(settings?: Record<string, string>): Promise<Product>;
  /** Everybody whose CPU time counts when this product works. */
  processesOf(product: Product): ProcessList;
}

/** Replies at once: what is measured is our own work, not the wait for the customer's next word. */
export const NO_QUIET_WINDOW = { QUIET_WINDOW_MS: '0' };

export async function startWorld({ profileDir, say }: { profileDir?: string; say: (line: string) => void }): Promise<World> {
  await using undo = new Cleanup();
  const entries = chooseEntries();
  say(`measuring ${entries.describe}`);
  const services = await startTestServices();
  undo.defer(() => services.stop());
  const { TEST_TEMPORAL_ADDRESS, TEST_MONGODB_URI, TEST_WORKFLOW_BUNDLE, TEST_WORKFLOW_BUNDLE_PROBLEM }: Record<string, string | undefined> = services.env;
  if (!TEST_TEMPORAL_ADDRESS || !TEST_MONGODB_URI || !TEST_WORKFLOW_BUNDLE) throw new Error(`The workflows do not bundle:\n${TEST_WORKFLOW_BUNDLE_PROBLEM}`);
  const guard = startGuard();
  undo.defer(() => guard.close());
  const folder = join(services.folder, 'bench');
  mkdirSync(folder, { recursive: true });
  if (profileDir) mkdirSync(profileDir, { recursive: true });

  const newProduct = async (settings: Record<string, string> = {}): Promise<Product> => {
    const stack = await startProduct({
      services: { temporalAddress: TEST_TEMPORAL_ADDRESS, mongodbUri: TEST_MONGODB_URI, bundlePath: TEST_WORKFLOW_BUNDLE },
      folder,
      guard,
      entries,
      settings,
      profileDir,
    });
    const product = await productContender(stack);
    return {
      ...product,
      async [Symbol.asyncDispose]() {
        await product[Symbol.asyncDispose]();
        await stack[Symbol.asyncDispose]();
      },
    };
  };

  let current: { key: string; product: Product } | undefined;
  undo.defer(() => current?.product[Symbol.asyncDispose]());
  let floor: Floor | undefined;
  undo.defer(() => floor?.[Symbol.asyncDispose]());

  const owned = undo.handOver();
  return {
    measures: entries.describe,
    bundlePath: TEST_WORKFLOW_BUNDLE,
    async floor() {
      floor ??= await startFloor({ temporalAddress: TEST_TEMPORAL_ADDRESS, folder, guard });
      return floor;
    },
    async product(settings = {}) {
      const key = JSON.stringify(settings);
      if (current?.key === key) return current.product;
      await current?.product[Symbol.asyncDispose]();
      current = undefined;
      const product = await newProduct(settings);
      current = { key, product };
      return product;
    },
    newProduct,
    processesOf: (product) => ({
      ...product.stack.processes,
      Temporal: () => services.pids.temporal,
      MongoDB: () => services.pids.mongod,
      driver: () => process.pid,
    }),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}
