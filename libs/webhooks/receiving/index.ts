export { arrivalOf, type DeliveryArrival } from './delivery-arrival.ts';
export { HookEndpoint } from './hook-endpoint.ts';
export { HookMetrics } from './hook-metrics.ts';
export { KnownHooks } from './known-hooks.ts';
export { mostDeliveryBytes } from './limits.ts';
export { Receiver } from './receiver.ts';
export { Refusals } from './refusals.ts';
