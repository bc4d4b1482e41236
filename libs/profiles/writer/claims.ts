import { partKey, shortHash, type PartSource } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { PartResult, PartRow } from './part-row.ts';

/** Whom a row is about. */
export interface Claim {
  ids: IdentityKey[];
  /** Names the claim, whatever the identity policy makes of the identities: `plainIdentities`. */
  who: IdentityKey[];
}

/**
 * Finds the people that orders and events are about, and makes those that nobody knows yet. What such a row says about a person is a
 * part without traits, one for each set of identities and stream: so identities that come together belong together, whatever arrives first.
 */
export async function claimPeople(
  writer: { write(rows: PartRow[]): Promise<PartResult[]> },
  { prefix, run }: PartSource,
  claims: readonly Claim[],
): Promise<(PartResult | undefined)[]> {
  const names = claims.map(({ ids, who }) => (ids.length > 0 ? JSON.stringify(who) : undefined));
  const distinct = new Map<string, IdentityKey[]>();
  names.forEach((name, i) => name !== undefined && distinct.set(name, claims[i]?.ids ?? []));
  const results = await writer.write(
    [...distinct].map(([name, ids]) => {
      const h = shortHash(JSON.stringify(ids));
      return {
        part: { k: partKey(prefix, `who:${shortHash(name)}`), a: 0, s: 0, b: run, t: {}, i: ids, h, n: name.length },
        undated: true,
      };
    }),
  );
  const byName = new Map([...distinct.keys()].map((name, i) => [name, results[i]]));
  return names.map((name) => (name === undefined ? undefined : byName.get(name)));
}
