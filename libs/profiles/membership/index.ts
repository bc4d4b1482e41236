export { audienceChangeModel, audienceChangeSchema, type StoredAudienceChange } from './audience-change.schema.ts';
export { toldChanges } from './told-changes.migration.ts';
export { untoldChanges } from './untold-changes.migration.ts';
export { Membership, type ChangePlace } from './membership.ts';
