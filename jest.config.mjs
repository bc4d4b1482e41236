/** Runs specs as native ES modules; MongoDB and Redis are started once for all of them (tools/testing/global-setup.mjs). */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/libs',
    '<rootDir>/apps',
    '<rootDir>/plugins',
    '<rootDir>/tools',
    '<rootDir>/bench',
    '<rootDir>/examples',
  ],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['reflect-metadata'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/tools/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/testing/global-teardown.mjs',
  testTimeout: 30_000,
  maxWorkers: 4, // many specs mostly wait: for MongoDB, for processes to die, for leases to run out
};
