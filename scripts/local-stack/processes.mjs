/**
 * Our own processes in the order in which they stop; they start together.
 * @typedef {{ name: 'api' | 'worker' | 'simulator' | string, label: string, entry: string, healthUrl: string, graceMs: number, fix: string }} ProcessDescription
 * @param {{ ports: import('./environment.mjs').Ports }} options
 * @returns {ProcessDescription[]}
 */
export function stackProcesses({ ports }) {
  return [
    {
      name: 'api',
      label: 'API',
      entry: 'api/main.ts',
      // Ready means: database, Temporal, and a poller on every task queue.
      healthUrl: `http://127.0.0.1:${ports.api}/health/ready`,
      graceMs: 10_000,
      fix: 'npm run doctor checks the settings; npm run reset starts with empty databases.',
    },
    {
      name: 'worker',
      label: 'Worker',
      entry: 'workers/main.ts',
      healthUrl: `http://127.0.0.1:${ports.workerHealth}/health/live`,
      graceMs: 30_000,
      fix: 'npm run build:workflows makes a fresh workflow bundle; npm run doctor checks the settings.',
    },
    {
      name: 'simulator',
      label: 'Simulator',
      entry: 'simulator/main.ts',
      healthUrl: `http://127.0.0.1:${ports.simulator}/_sim/clock`,
      graceMs: 5_000,
      fix: 'Set SIMULATOR_PORT when something else uses the port.',
    },
  ];
}
