export type { AudienceCause, Cause, CauseWatch, EventCause, TraitCause, Watched } from './cause.ts';
export { Causes } from './causes.ts';
