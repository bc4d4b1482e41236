export type { SurveyedTrigger, TroubledFiring } from './surveyed-trigger.ts';
export { WatchedTriggers, type TriggerSurvey } from './watched-triggers.ts';
