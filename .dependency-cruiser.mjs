/**
 * The arrows of ARCHITECTURE.md as rules. test/architecture/layers.test.ts plants one violation per rule, so a rule
 * that stops seeing anything (a new TypeScript, a changed alias) fails there.
 */

/** Which layers a layer may load, besides itself. */
const ARROWS = {
  api: ['services', 'domain', 'platform'],
  workflows: ['domain'],
  activities: ['services', 'domain', 'platform', 'workflows/contracts'],
  workers: ['activities', 'services', 'platform', 'domain', 'workflows/contracts'],
  services: ['domain', 'models', 'providers', 'platform', 'workflows/contracts'],
  domain: [],
  models: ['domain', 'platform'],
  providers: ['domain', 'platform'],
  platform: ['domain'],
  simulator: [],
  web: ['domain'],
};
const LAYERS = Object.keys(ARROWS);
const SUPPORT = ['test', 'scripts', 'bench'];

const isOneOf = (folders) => `^(${folders.join('|')})/`;
const packages = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** Everything of ours that is neither the layer itself nor one of its arrows. */
const arrowRules = LAYERS.map((layer) => ({
  name: `${layer}-arrows`,
  severity: 'error',
  comment: `${layer}/ may load ${ARROWS[layer].length > 0 ? ARROWS[layer].join(', ') : 'nothing else of ours'}.`,
  from: { path: `^${layer}/` },
  to: {
    path: isOneOf([...LAYERS, ...SUPPORT]),
    pathNot: isOneOf([layer, ...ARROWS[layer]]),
    // A workflow names the types of the activities it calls; those imports are gone before anything runs.
    ...(layer === 'workflows' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}));

/** A library that only some folders may load, so that what it does stays behind their interface. */
const confined = (name, libraries, folders, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: isOneOf(LAYERS), pathNot: isOneOf(folders) },
  to: { path: packages(libraries), dependencyTypesNot: ['type-only'] },
});

export default {
  forbidden: [
    ...arrowRules,
    {
      name: 'workflow-types-come-from-activities',
      severity: 'error',
      comment: 'Even as a type, a workflow names nothing but domain, contracts and the activities it calls.',
      from: { path: '^workflows/' },
      to: { path: isOneOf([...LAYERS, ...SUPPORT]), pathNot: isOneOf(['workflows', 'domain', 'activities']) },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      comment: 'Contracts are loaded by every process, so they load no workflow and name no activity.',
      from: { path: '^workflows/contracts/' },
      to: { path: isOneOf(['workflows', 'activities']), pathNot: '^workflows/contracts/' },
    },
    {
      name: 'workflow-libraries',
      severity: 'error',
      comment: 'Workflow code runs in the Temporal sandbox: its own library and nothing else. zod alone would quadruple the memory of a cached conversation.',
      from: { path: '^workflows/' },
      to: { path: 'node_modules/', pathNot: packages(['@temporalio/workflow', '@temporalio/common']), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflow-no-node',
      severity: 'error',
      comment: 'Workflow code must replay the same for ever; Node has clocks, disks and sockets.',
      from: { path: '^workflows/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-libraries',
      severity: 'error',
      comment: 'domain/ holds rules without I/O; these libraries have none.',
      from: { path: '^domain/' },
      to: { path: 'node_modules/', pathNot: packages(['zod', 'temporal-polyfill', 'temporal-spec', 'libphonenumber-js', 'minisearch']) },
    },
    {
      name: 'domain-no-node',
      severity: 'error',
      comment: 'domain/ also runs in the browser and in workflows.',
      from: { path: '^domain/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'repositories-come-with-the-context',
      severity: 'error',
      comment: 'Only services/compose.ts builds repositories; every other service is handed those of one business.',
      from: { path: '^services/', pathNot: '^services/compose\\.ts$' },
      to: { path: '^models/(.+\\.repository|repositories|models)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'compose-is-for-processes',
      severity: 'error',
      comment: 'Putting everything together is for the entry of a process or a test, not for a service or an activity.',
      from: { path: isOneOf(['services', 'activities']) },
      to: { path: '^services/compose\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    confined('mongo-stays-below', ['mongoose', 'mongodb'], ['models', 'platform'], 'MongoDB is reached through repositories and platform/mongo.'),
    confined('twilio-stays-in-providers', ['twilio'], ['providers'], "Twilio's SDK is reached through providers/twilio."),
    confined('openai-stays-in-providers', ['openai'], ['providers'], 'Model SDKs are reached through providers/.'),
    confined('express-stays-in-api', ['express', 'express-session', 'helmet'], ['api', 'simulator'], 'HTTP is the business of api/.'),
    confined(
      'temporal-client-stays-behind-services',
      ['@temporalio/client'],
      ['services', 'workers', 'platform'],
      'The API and the activities reach workflows through services.',
    ),
    confined('temporal-worker-stays-in-workers', ['@temporalio/worker'], ['workers', 'platform'], 'Only worker processes run workflows and activities.'),
    {
      name: 'no-development-libraries',
      severity: 'error',
      comment: 'The shipped image installs no devDependencies. web/ is compiled and may use them.',
      from: { path: isOneOf(LAYERS.filter((layer) => layer !== 'web')) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'no-undeclared-libraries',
      severity: 'error',
      comment: 'A library that is loaded is named in package.json.',
      from: { path: isOneOf([...LAYERS, ...SUPPORT]) },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'An import that leads nowhere would hide an arrow.',
      from: { path: isOneOf([...LAYERS, ...SUPPORT]) },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Types may name each other; values may not.',
      from: { path: isOneOf([...LAYERS, ...SUPPORT]) },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
