import type { ProfileHistory, StoredPartChange } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { Filter } from '../store/index.ts';
import type { PersonSubject } from './person-subject.ts';

const most = 1_000;

/** What a person's records named them by before, the latest first, as far as the history is kept. */
export async function formerIdentities(
  { changes }: ProfileHistory,
  { profiles, records }: Pick<PersonSubject, 'profiles' | 'records'>,
): Promise<IdentityKey[]> {
  const said = { p: { $in: profiles }, k: { $in: records }, i: { $exists: true } } as Filter<StoredPartChange>;
  const found = await changes
    .aggregate<{ _id: IdentityKey }>([
      { $match: said },
      { $unwind: '$before.i' },
      { $group: { _id: '$before.i', at: { $max: '$at' } } },
      { $sort: { at: -1, _id: 1 } },
      { $limit: most },
    ])
    .toArray();
  return found.map(({ _id }) => _id);
}
