export { claimPeople, claimsIn, type Claim } from './claims.ts';
export { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
export { ProfilePeeker, type PeekedPart, type ProfileState } from './profile-peeker.ts';
export { ProfileWriter } from './profile-writer.ts';
