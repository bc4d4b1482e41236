export { dueProfileModel, dueProfileSchema, type DueProfile } from './due-profile.schema.ts';
export { DueProfiles, slowestWrite } from './due-profiles.ts';
