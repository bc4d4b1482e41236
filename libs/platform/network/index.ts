export type { AttemptTrace, TraceAttempt } from './attempt-trace.ts';
export { firstBytes } from './first-bytes.ts';
export type { HttpOptions } from './http-client.ts';
export { Network, type NetworkOptions } from './network.ts';
export { urlBelow } from './url-below.ts';
