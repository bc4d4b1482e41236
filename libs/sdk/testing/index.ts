/** The kit that tests a connector against the contract, and what helps in its specs. */
export { testContext, type TestContext, type TestContextOptions } from './context/test-context.ts';
export type { LogLine } from './context/logger.ts';
export { testDeliveries } from './context/deliveries.ts';
export { testFiles } from './context/files.ts';
export { testHttp } from './context/http.ts';
export { signedIn } from './context/sign-in.ts';
export { contractChecks } from './contract/contract-checks.ts';
export type { Lazy } from './contract/lazy.ts';
export type { ContractCheck, ContractOptions, ObjectOptions, StreamOptions } from './contract/options.ts';
export { keptSamples } from './contract/sample-deliveries.ts';
export type { SampleDelivery, WebhookOptions } from './contract/webhook-options.ts';
export { fakeVendor, type FakeVendor, type VendorAnswer, type VendorRequest } from './fake-vendor.ts';
export { fixtureDeliveries, fixtureOptions } from './fixture-options.ts';
export { readAll, type ReadOptions } from './read-all.ts';
export { recordedHttp, type RecordedHttpOptions } from './recorded-http/recorded-http.ts';
export { testConnector, type TestFramework } from './test-connector.ts';
