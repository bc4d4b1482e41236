import { consentId, type StoredConsent } from '../consents/index.ts';
import type { DueProfiles } from '../due/index.ts';
import { alikeField, readingNow, type IdentityRules } from '../identity/index.ts';
import { touchOwners, writeNewest, type Collection, type ProfileStore } from '../store/index.ts';
import type { Batch } from './batch.ts';
import type { StoredRefold } from './refold.schema.ts';

const atATime = 1_000;

export interface ConsentStores {
  consents: Collection<StoredConsent>;
  store: ProfileStore;
  due: DueProfiles;
}

/**
 * Tells choices also for the identities as the policy reads them now, one batch in the order of their ids: an address that opted out must not be
 * forgotten because it is written otherwise. The old ones stay, and the newest choice wins as ever, so repeats are harmless. People whose choices these are
 * are measured anew, and are sent again to those who follow them.
 */
export async function rereadConsents(
  { consents, store, due }: ConsentStores,
  rules: IdentityRules,
  { place }: StoredRefold,
): Promise<Batch> {
  const filter = place === undefined ? {} : { _id: { $gt: place } };
  const found = await consents.find(filter, { sort: { _id: 1 }, limit: atATime }).toArray();
  const anew = found.flatMap(({ v: _, updatedAt: __, alike: ___, ...consent }) => {
    const identity = readingNow(consent.identity, rules);
    if (identity === consent.identity) return [];
    const _id = consentId(identity, consent.channel, consent.purpose);
    return [{ ...consent, identity, ...alikeField(identity), _id }];
  });
  const now = new Date();
  const identities = [...new Set(anew.map(({ identity }) => identity))];
  const owners = async (): Promise<string[]> => [...(await store.ownersOf(identities)).values()];
  const outcomes = await due.during(['consents'], owners, () =>
    writeNewest(consents, anew, (row, v) => ({ ...row, v, updatedAt: now })),
  );
  await touchOwners(store, identities, now);
  const lost = outcomes.some(({ status }) => status === 'retry');
  return {
    read: found.length,
    changed: outcomes.filter(({ status }) => status === 'ok').length,
    place: lost ? place : found.at(-1)?._id,
    last: found.length < atATime && !lost,
  };
}
