import type { Child } from '../../scripts/local-stack/child.mjs';
import { lastLines } from '../../scripts/local-stack/failure.mjs';

/** One real process of a private stack, to be killed, stopped, held and started again by a test. */
export interface StackProcess {
  readonly name: string;
  readonly pid: number;
  isRunning(): boolean;
  /** Starts it again on its ports and data; resolves when it is healthy. `env` is added for this start only. */
  start(env?: Record<string, string>): Promise<void>;
  /** SIGKILL, as in a crash; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as in a deployment; resolves with the exit code when it is gone. */
  stop(): Promise<number | null>;
  /** Holds it without closing its connections, until `resume`. */
  pause(): void;
  resume(): void;
  /** Resolves when it ends by itself. */
  ended(): Promise<void>;
  logTail(): string;
}

/** @param launch starts the program and waits for its health */
export function createStackProcess(name: string, launch: (env: Record<string, string>) => Promise<Child>): StackProcess {
  let child: Child | undefined;
  return {
    name,
    get pid() {
      return child?.pid ?? 0;
    },
    isRunning: () => child?.isRunning() ?? false,
    async start(env = {}) {
      if (child?.isRunning()) throw new Error(`${name} is running already`);
      child = await launch(env);
    },
    async kill() {
      child?.signal('SIGKILL');
      await child?.exited;
    },
    async stop() {
      child?.signal('SIGCONT');
      const end = await child?.stop({ graceMs: 30_000 });
      return end?.code ?? null;
    },
    pause: () => child?.signal('SIGSTOP'),
    resume: () => child?.signal('SIGCONT'),
    async ended() {
      await child?.exited;
    },
    logTail: () => (child ? lastLines(child.logPath, 30).join('\n') : ''),
  };
}
