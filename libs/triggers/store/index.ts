export { coolDownModel, coolDownSchema, type CoolDown } from './cool-down.schema.ts';
export { firingCountModel, firingCountSchema, type Counted, type FiringCount } from './firing-count.schema.ts';
export { FiringCounts, type Counts } from './firing-counts.ts';
export { firingModel, firingSchema, firingStates, type FiringState, type StoredFiring } from './firing.schema.ts';
export { TriggerCollections } from './trigger-collections.ts';
export { triggerModel, triggerSchema, type LetPass, type StoredTrigger, type TriggerHealth } from './trigger.schema.ts';
export { TriggerSecrets } from './trigger-secrets.ts';
export { TriggerHealths } from './trigger-healths.ts';
