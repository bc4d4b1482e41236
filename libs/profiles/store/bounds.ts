import { bsonBound } from '#platform';
import { maxIdentityLength } from '../identity/index.ts';
import type { StoredProfile } from './profile.schema.ts';

const frame = 2_000; // ids, dates and the name
const perByte = 16; // of a list of digits as JSON; identities and traits may be there twice

/** Bytes of a profile as BSON, rather too many than too few. What its parts say was weighed when they were read. */
export function profileBound({ parts, measures, aud, untold }: StoredProfile): number {
  let bytes = frame;
  if (measures ?? aud ?? untold) bytes += bsonBound([measures, aud, untold]);
  for (const { n, x } of parts) bytes += frame + perByte * n + (x ? bsonBound(x) : 0);
  return bytes;
}

const claim = 2 * 3 * maxIdentityLength + 100;

/** Likewise of a claim on an identity. */
export const identityBound = (): number => claim;
