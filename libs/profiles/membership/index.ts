export { audienceChangeModel, audienceChangeSchema, type StoredAudienceChange } from './audience-change.schema.ts';
export { Membership, type ChangePlace } from './membership.ts';
