const esmOnly = ['@clack', 'sisteransi', 'fast-string-width', 'fast-wrap-ansi', 'fast-string-truncated-width', 'jose'];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  transform: {
    '^.+\\.m?[tj]sx?$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: true } }, module: { type: 'commonjs' } }],
  },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  // The MongoDB driver asks for the operating system's name by import(), which jest's CommonJS refuses unless transformed.
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/|mongodb/lib/runtime_adapters)`],
  globalSetup: '<rootDir>/test/support/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/support/jest-teardown.mjs',
  // These want a machine to themselves: SWITCHBOARD_LOAD_TESTS=1 npm test -- test/reliability/rolling-restart.load
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SWITCHBOARD_LOAD_TESTS ? [] : ['\\.load\\.test\\.ts$'])],
  testTimeout: 30_000,
};
