import { writeUnordered } from '#platform';
import { type BulkWrite, type ProfileStore, type StoredIdentity, type StoredProfile } from '../store/index.ts';
import type { Plan } from './plan.ts';

/**
 * Writes plans that touch one profile each: identities first, which decides who wins a race, then profiles by the version that was
 * read. Gives the plans that lost; what they wrote already is found again by the next attempt.
 */
export async function writePlans(store: ProfileStore, plans: readonly Plan[]): Promise<Set<Plan>> {
  const lost = await claimIdentities(store, plans);
  const winners = lost.size > 0 ? plans.filter((plan) => !lost.has(plan)) : plans;
  const slow = await Promise.all([insertNew(store, winners), replaceKnown(store, winners)]);
  for (const plan of slow.flat()) lost.add(plan);
  return lost;
}

async function claimIdentities(store: ProfileStore, plans: readonly Plan[]): Promise<Set<Plan>> {
  const claims: StoredIdentity[] = [];
  const claimants: Plan[] = [];
  for (const plan of plans) {
    for (const id of plan.claims) {
      claims.push({ _id: id, p: plan.survivor.id });
      claimants.push(plan);
    }
  }
  if (claims.length === 0) return new Set();
  const lost = await store.claim(claims);
  return new Set([...lost].map((position) => claimants[position] as Plan));
}

async function insertNew(store: ProfileStore, plans: readonly Plan[]): Promise<Plan[]> {
  const created = plans.filter(({ survivor }) => !survivor.before);
  if (created.length === 0) return [];
  const documents = created.map(({ after }) => after);
  const lost = await store.insert(documents);
  return [...lost].map((position) => created[position] as Plan);
}

async function replaceKnown(store: ProfileStore, plans: readonly Plan[]): Promise<Plan[]> {
  const changed = plans.filter(({ survivor }) => survivor.before);
  if (changed.length === 0) return [];
  const lost = await writeUnordered(() => store.profiles.bulkWrite(changed.map(replacement), { ordered: false }));
  return [...lost].map((position) => changed[position] as Plan);
}

/** With `upsert`, a version that moved on shows as a duplicate `_id` at its position. */
function replacement({ survivor: { id, before }, after }: Plan): BulkWrite<StoredProfile> {
  const { _id, ...replaced } = after;
  return { replaceOne: { filter: { _id: id, v: before?.v }, replacement: replaced, upsert: true } };
}
