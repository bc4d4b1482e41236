import type { Collection } from '../store/index.ts';
import { writeNewest } from '../store/index.ts';
import type { StoredConsent } from '../consents/index.ts';
import { readingNow, type IdentityRules } from '../identity/index.ts';
import type { Batch } from './batch.ts';
import type { StoredRefold } from './refold.schema.ts';

const atATime = 1_000;

/**
 * Tells choices also for the identities as the policy reads them now, one batch in the order of their ids: an address that opted out must not be
 * forgotten because it is written otherwise. The old ones stay, and the newest choice wins as ever, so repeats are harmless.
 */
export async function rereadConsents(
  consents: Collection<StoredConsent>,
  rules: IdentityRules,
  { place }: StoredRefold,
): Promise<Batch> {
  const filter = place === undefined ? {} : { _id: { $gt: place } };
  const found = await consents.find(filter, { sort: { _id: 1 }, limit: atATime }).toArray();
  const anew = found.flatMap(({ v: _, updatedAt: __, ...consent }) => {
    const identity = readingNow(consent.identity, rules);
    if (identity === consent.identity) return [];
    return [{ ...consent, identity, _id: `${identity}|${consent.channel}|${consent.purpose}` }];
  });
  const outcomes = await writeNewest(consents, anew, (row, v) => ({ ...row, v, updatedAt: new Date() }));
  const lost = outcomes.some(({ status }) => status === 'retry');
  return {
    read: found.length,
    changed: outcomes.filter(({ status }) => status === 'ok').length,
    place: lost ? place : found.at(-1)?._id,
    last: found.length < atATime && !lost,
  };
}
