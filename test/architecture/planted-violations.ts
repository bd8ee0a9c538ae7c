/** One file per rule of .dependency-cruiser.mjs that breaks exactly that rule. */
export interface PlantedViolation {
  rule: string;
  /** Path of the offending file, and what stands in it. */
  file: string;
  source: string;
}

const loads = (specifier: string): string => `import * as planted from '${specifier}';\nexport const use = planted;\n`;
const names = (specifier: string): string => `import type * as Planted from '${specifier}';\nexport type Use = typeof Planted;\n`;

/** What the planted files load: one harmless module in every layer. */
export const TARGETS = [
  'api/target.ts',
  'workflows/target.ts',
  'workflows/contracts/target.ts',
  'activities/target.ts',
  'workers/target.ts',
  'services/target.ts',
  'services/compose.ts',
  'domain/target.ts',
  'models/target.ts',
  'models/target.repository.ts',
  'providers/target.ts',
  'platform/target.ts',
  'simulator/target.ts',
  'web/target.ts',
  'test/target.ts',
];

export const PLANTED: PlantedViolation[] = [
  { rule: 'api-arrows', file: 'api/loads-models.ts', source: loads('#models/target') },
  { rule: 'api-arrows', file: 'api/loads-contracts.ts', source: loads('#workflows/contracts/target') },
  { rule: 'workflows-arrows', file: 'workflows/loads-activities.ts', source: loads('#activities/target') },
  { rule: 'activities-arrows', file: 'activities/loads-models.ts', source: loads('#models/target') },
  { rule: 'activities-arrows', file: 'activities/loads-workflow.ts', source: loads('#workflows/target') },
  { rule: 'workers-arrows', file: 'workers/loads-api.ts', source: loads('#api/target') },
  { rule: 'services-arrows', file: 'services/loads-api.ts', source: loads('#api/target') },
  { rule: 'services-arrows', file: 'services/loads-workflow.ts', source: loads('#workflows/target') },
  { rule: 'domain-arrows', file: 'domain/loads-platform.ts', source: loads('#platform/target') },
  { rule: 'models-arrows', file: 'models/loads-services.ts', source: loads('#services/target') },
  { rule: 'providers-arrows', file: 'providers/loads-models.ts', source: loads('#models/target') },
  { rule: 'platform-arrows', file: 'platform/loads-providers.ts', source: loads('../providers/target.ts') },
  { rule: 'simulator-arrows', file: 'simulator/loads-domain.ts', source: loads('#domain/target') },
  { rule: 'web-arrows', file: 'web/loads-services.ts', source: loads('../services/target.ts') },
  { rule: 'services-arrows', file: 'services/loads-test.ts', source: loads('#test/target') },
  { rule: 'workflow-types-come-from-activities', file: 'workflows/names-service.ts', source: names('#services/target') },
  { rule: 'contracts-stand-alone', file: 'workflows/contracts/loads-workflow.ts', source: loads('#workflows/target') },
  { rule: 'workflow-libraries', file: 'workflows/loads-zod.ts', source: loads('zod') },
  { rule: 'workflow-no-node', file: 'workflows/loads-node.ts', source: loads('node:crypto') },
  { rule: 'domain-libraries', file: 'domain/loads-pino.ts', source: loads('pino') },
  { rule: 'domain-no-node', file: 'domain/loads-node.ts', source: loads('node:fs') },
  { rule: 'repositories-come-with-the-context', file: 'services/builds-repository.ts', source: loads('#models/target.repository') },
  { rule: 'compose-is-for-processes', file: 'activities/loads-compose.ts', source: loads('#services/compose') },
  { rule: 'mongo-stays-below', file: 'services/loads-mongoose.ts', source: loads('mongoose') },
  { rule: 'twilio-stays-in-providers', file: 'api/loads-twilio.ts', source: loads('twilio') },
  { rule: 'openai-stays-in-providers', file: 'services/loads-openai.ts', source: loads('openai') },
  { rule: 'express-stays-in-api', file: 'services/loads-express.ts', source: loads('express') },
  { rule: 'temporal-client-stays-behind-services', file: 'api/loads-temporal-client.ts', source: loads('@temporalio/client') },
  { rule: 'temporal-worker-stays-in-workers', file: 'activities/loads-temporal-worker.ts', source: loads('@temporalio/worker') },
  { rule: 'no-development-libraries', file: 'services/loads-fast-check.ts', source: loads('fast-check') },
  { rule: 'no-undeclared-libraries', file: 'services/loads-undeclared.ts', source: loads('webpack') },
  { rule: 'no-unresolved', file: 'services/loads-nothing.ts', source: loads('#services/nowhere') },
  { rule: 'no-circular', file: 'services/circle-a.ts', source: "import { b } from './circle-b.ts';\nexport const a = () => b;\n" },
];

/** The other half of the circle; it breaks the same rule. */
export const CIRCLE_B = { file: 'services/circle-b.ts', source: "import { a } from './circle-a.ts';\nexport const b = () => a;\n" };

/** Everything the arrows allow, none of which may be reported. */
export const ALLOWED: { file: string; source: string }[] = [
  { file: 'api/allowed.ts', source: `${loads('#services/target')}export * from 'express';\n` },
  {
    file: 'workflows/allowed.ts',
    source: `${names('#activities/target')}import { sleep } from '@temporalio/workflow';\nimport { target } from '#domain/target';\nexport const plot = [sleep, target];\n`,
  },
  { file: 'activities/allowed.ts', source: loads('#workflows/contracts/target') },
  { file: 'workers/allowed.ts', source: `${loads('#services/compose')}import { target } from '#activities/target';\nexport const also = target;\n` },
  { file: 'services/allowed.ts', source: `${names('#models/target.repository')}import { target } from '#providers/target';\nexport const also = target;\n` },
  { file: 'models/allowed.ts', source: `${loads('mongoose')}import { target } from '#platform/target';\nexport const also = target;\n` },
  { file: 'providers/allowed.ts', source: loads('twilio') },
  { file: 'domain/allowed.ts', source: loads('zod') },
  { file: 'web/allowed.ts', source: loads('../domain/target.ts') },
  { file: 'test/allowed.ts', source: loads('#services/compose') },
];

/** services/compose.ts itself may load models, providers and platform at once. */
export const COMPOSE_SOURCE =
  "import { target as model } from '#models/target';\nimport { target as provider } from '#providers/target';\nimport { target as platform } from '#platform/target';\nexport const target = [model, provider, platform];\n";
