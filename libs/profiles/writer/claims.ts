import { partKey, prefixOf, shortHash, type Part, type PartSource } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { Source } from '../measures/index.ts';
import type { PartResult, PartRow } from './part-row.ts';

/** Whom a row is about. */
export interface Claim {
  ids: IdentityKey[];
  /** Names the claim, whatever the identity policy makes of the identities: `plainIdentities`. */
  who: IdentityKey[];
}

export interface Claimed extends PartResult {
  /** Names the claim among those of its stream. */
  claim: string;
}

const claimMark = 'who:';

/**
 * Finds the people that orders and events are about, and makes those that nobody knows yet. What such a row says about a person is a
 * part without traits, one for each set of identities and stream: so identities that come together belong together, whatever arrives first.
 * @param brings of what the rows are that are written next
 */
export async function claimPeople(
  writer: { write(rows: PartRow[], brings?: readonly Source[]): Promise<PartResult[]> },
  { prefix, run }: PartSource,
  claims: readonly Claim[],
  brings?: readonly Source[],
): Promise<(Claimed | undefined)[]> {
  const names = claims.map(({ ids, who }) => (ids.length > 0 ? JSON.stringify(who) : undefined));
  const distinct = new Map<string, Claim>();
  names.forEach((name, i) => name !== undefined && distinct.set(name, claims[i] as Claim));
  const hashes = [...distinct.keys()].map(shortHash);
  const results = await writer.write(
    [...distinct].map(([name, { ids, who }], i) => {
      const h = shortHash(JSON.stringify(ids));
      return {
        part: {
          k: partKey(prefix, claimMark + (hashes[i] ?? '')),
          a: 0,
          s: 0,
          b: run,
          t: {},
          i: ids,
          h,
          n: name.length,
        },
        undated: true,
        who,
      };
    }),
    brings,
  );
  const byName = new Map(
    [...distinct.keys()].map((name, i) => [name, { ...(results[i] as PartResult), claim: hashes[i] as string }]),
  );
  return names.map((name) => (name === undefined ? undefined : byName.get(name)));
}

/** The claims that are among parts: names by the start of the stream's part keys. */
export function claimsIn(parts: readonly Part[]): Map<string, Set<string>> {
  const claims = new Map<string, Set<string>>();
  for (const { k } of parts) {
    const prefix = prefixOf(k);
    if (!k.startsWith(claimMark, prefix.length)) continue;
    const names = claims.get(prefix) ?? new Set();
    claims.set(prefix, names.add(k.slice(prefix.length + claimMark.length)));
  }
  return claims;
}
