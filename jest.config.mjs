/** Node loads specs as it loads servers (tools/jest); MongoDB and Redis are started once for all of them (tools/testing/global-setup.mjs). */
export default {
  testEnvironment: '<rootDir>/tools/jest/environment.mjs',
  runtime: '<rootDir>/tools/jest/runtime.cjs',
  roots: [
    '<rootDir>/libs',
    '<rootDir>/apps',
    '<rootDir>/plugins',
    '<rootDir>/tools',
    '<rootDir>/bench',
    '<rootDir>/examples',
  ],
  testMatch: ['**/*.spec.ts'],
  transform: {},
  globalSetup: '<rootDir>/tools/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/testing/global-teardown.mjs',
  testTimeout: 300_000, // only what hangs is to fail by it: machines that run this are at times ten times slower than others
  workerIdleMemoryLimit: '1GB', // modules of specs are kept, and collecting garbage among gigabytes of them takes seconds
  maxWorkers: 4, // many specs mostly wait: for MongoDB, for processes to die, for leases to run out
};
