export type { HttpOptions } from './http-client.ts';
export { Network, type NetworkOptions } from './network.ts';
