/** Triggers: what is done when an event, an audience or a trait of a person says so. */
export { FiringErasure } from './erasure.ts';
export { TriggerUses } from './removal/index.ts';
export { TriggersModule } from './triggers.module.ts';
