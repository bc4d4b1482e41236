export type { Sighting, Subscription } from './subscription.ts';
export { Subscriptions, type Subscribe } from './subscriptions.ts';
