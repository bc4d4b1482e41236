export { claimPeople } from './claims.ts';
export { fullName, nameOf, searchable } from './name-of.ts';
export { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
export { ProfilePeeker, type PeekedPart, type ProfileState } from './profile-peeker.ts';
export { ProfileWriter } from './profile-writer.ts';
