import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulatorApp } from './simulator.app.ts';
import type { World, WorldSeed } from './world.ts';
import { createWorld } from './world.ts';

export interface SimulatorOptions {
  /** 0 or nothing takes a free port. */
  port?: number;
  host?: string;
  seed?: WorldSeed;
}

export interface Simulator extends AsyncDisposable {
  url: string;
  /** The state itself, for tests in the same process. */
  world: World;
  /** Resolves when nothing is on its way any more: no callback to come, no webhook unanswered. */
  settled(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts the simulated providers on one port. Rejects when the port is taken. */
export async function startSimulator({ port = 0, host = '127.0.0.1', seed = {} }: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(seed);
  const server = createServer(createSimulatorApp(world));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  world.url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve, reject) => {
      world.timers.clear();
      world.activity.closeAll();
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
    return closing;
  };
  return { url: world.url, world, close, settled: (timeoutMs) => settled(world, timeoutMs), [Symbol.asyncDispose]: close };
}

async function settled(world: World, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (world.timers.pending() > 0) {
    if (Date.now() > deadline) throw new Error(`the simulator still has ${world.timers.pending()} things to do after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
