import type { mongo } from 'mongoose';
import type { FaultyReceiver } from './faulty-receiver.ts';

interface StoredProfile {
  _id: string;
  ids: string[];
  parts: { k: string; t: object; i: string[]; at: unknown; d?: true }[];
  mergedInto?: string;
}

interface StoredOrder {
  _id: string;
  heads: { k: string; i: string[]; f: object; l?: object; d?: true }[];
  lines: object[];
  at?: Date;
  p?: string;
}

export interface EndState {
  /** By their identities: what is said of each person. */
  people: Record<string, unknown>;
  /** Identity → the identities of the person that it leads to. */
  identities: Record<string, unknown>;
  orders: Record<string, unknown>;
  /** Rows of the destination by key. */
  crm: Record<string, unknown>;
  /** Where the next run of each sync starts. */
  startsFrom: Record<string, unknown>;
}

/** What is left when all is through, without what differs between any two runs: generated ids, versions, times of writing. */
export async function endState(db: mongo.Db, receiver: FaultyReceiver): Promise<EndState> {
  const profiles = await db.collection<StoredProfile>('profiles').find().toArray();
  const names = new Map(profiles.map(({ _id, ids }) => [_id, ids.join(' ')]));
  const survivors = new Map(profiles.flatMap(({ _id, mergedInto }) => (mergedInto ? [[_id, mergedInto]] : [])));
  const personOf = (id: string | undefined): string | undefined => {
    let at = id;
    while (at !== undefined && survivors.has(at)) at = survivors.get(at);
    return at && names.get(at);
  };
  const people = profiles.filter(({ mergedInto }) => mergedInto === undefined);
  const identities = await db.collection<{ _id: string; p: string }>('identities').find().toArray();
  const orders = await db.collection<StoredOrder>('orders').find().toArray();
  const syncs = await db.collection<{ slug: string; startsFrom?: unknown }>('syncs').find().toArray();
  return {
    people: byName(
      people.map(({ ids, parts }) => [ids.join(' '), parts.map(({ k, t, i, at, d }) => ({ k, t, i, at, d }))]),
    ),
    identities: byName(identities.map(({ _id, p }) => [_id, personOf(p)])),
    orders: byName(
      orders.map(({ _id, heads, lines, at, p }) => [
        _id,
        { heads: heads.map(({ k, i, f, l, d }) => ({ k, i, f, l, d })), lines, at, person: personOf(p) },
      ]),
    ),
    crm: receiver.state('crm'),
    startsFrom: byName(syncs.map(({ slug, startsFrom }) => [slug, startsFrom])),
  };
}

function byName(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
