export { KnownTriggers, type KnownTrigger } from './known-triggers.ts';
export { openedCause } from './opened-cause.ts';
export { firingId, TriggerWatch } from './trigger-watch.ts';
