import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

/** Reads `.env` into process.env; what is set already wins. */
export function loadDotEnv() {
  const path = join(projectRoot, '.env');
  if (existsSync(path)) process.loadEnvFile(path);
}

/** What each port is for, and the number people expect it to have. */
export const PREFERRED_PORTS = {
  api: { env: 'HTTP_PORT', port: 3000, label: 'API and pages' },
  workerHealth: { env: 'WORKER_HEALTH_PORT', port: 3001, label: 'worker health' },
  simulator: { env: 'SIMULATOR_PORT', port: 4010, label: 'simulator' },
  temporal: { env: 'TEMPORAL_PORT', port: 7233, label: 'Temporal' },
  temporalUi: { env: 'TEMPORAL_UI_PORT', port: 8233, label: 'Temporal Web UI' },
  mongod: { env: 'MONGOD_PORT', port: 27017, label: 'MongoDB' },
};

/** @typedef {Record<keyof typeof PREFERRED_PORTS, number>} Ports */

/**
 * The settings of every process of a local stack, by the names platform/config.definition.ts gives them.
 * What the environment sets already wins, so that one part can be pointed elsewhere.
 * @param {{ ports: Ports, mongodbUri: string, temporalAddress: string, temporalUi: string | undefined,
 *   secrets: Record<string, string>, simulatorSeed: string, env?: NodeJS.ProcessEnv }} parts `mongodbUri` without a database name
 * @returns {NodeJS.ProcessEnv}
 */
export function stackEnvironment({ ports, mongodbUri, temporalAddress, temporalUi, secrets, simulatorSeed, env = process.env }) {
  const simulatorUrl = `http://localhost:${ports.simulator}`;
  const defaults = {
    SWITCHBOARD_MODE: 'test',
    LOG_LEVEL: 'info',
    PUBLIC_URL: `http://localhost:${ports.api}`,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_UI_URL: temporalUi,
    TWILIO_API_BASE_URL: simulatorUrl,
    SIMULATOR_URL: simulatorUrl,
    WORKFLOW_BUNDLE: join(projectRoot, 'dist/workflow-bundle.js'),
    ...secrets,
  };
  const chosen = {
    HTTP_PORT: String(ports.api),
    WORKER_HEALTH_PORT: String(ports.workerHealth),
    SIMULATOR_PORT: String(ports.simulator),
    SIMULATOR_SEED_JSON: simulatorSeed,
    MONGODB_URI: env.MONGODB_URI || withDatabase(mongodbUri, 'switchboard'),
    TEMPORAL_ADDRESS: temporalAddress,
  };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  return { ...defaults, ...given, ...chosen };
}

/** @param {string} uri @param {string} name @returns {string} the same address with that database in its path */
export function withDatabase(uri, name) {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.href;
}
