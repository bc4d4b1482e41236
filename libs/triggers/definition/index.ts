export { compileTrigger, type CompiledDefinition, type EventRow } from './compile-trigger.ts';
export type { TriggerAction, TriggerCause, TriggerDefinition, TriggerLimits, Unless } from './definition.ts';
export { describeTrigger } from './describe-trigger.ts';
export { refuseEndless } from './refuse-endless.ts';
