export { dueProfileModel, dueProfileSchema, type DueProfile } from './due-profile.schema.ts';
export { DueProfiles } from './due-profiles.ts';
