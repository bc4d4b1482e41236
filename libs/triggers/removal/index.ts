export { RemovalGuards } from './removal-guards.ts';
export { TriggerUses } from './trigger-uses.ts';
