/** Triggers: what is done when an event, an audience or a trait of a person says so. */
export { FiringErasure } from './erasure.ts';
export { TriggersModule } from './triggers.module.ts';
