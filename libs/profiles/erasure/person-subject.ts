import type { IdentityKey } from '../identity/index.ts';

/** Everything by which the data of one person is found. */
export interface PersonSubject {
  /** The profile and those that were merged into it. Empty: nobody has the identity. */
  profiles: string[];
  identities: IdentityKey[];
  /** The source records that speak of the person: `<connection>/<stream>/<key>`. */
  records: string[];
}
