export { claimPeople, claimsIn, type Claim } from './claims.ts';
export { newRecordPagesModel, newRecordPagesSchema, type NewRecordPages } from './new-record-pages.schema.ts';
export { NewRecords } from './new-records.ts';
export { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
export { ProfilePeeker, type PeekedPart, type ProfileState } from './profile-peeker.ts';
export { ProfileWriter } from './profile-writer.ts';
