import { createHash } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { customer } from '../load/customers.ts';

const batch = 10_000;
export const eventsEach = 60;

interface Document {
  _id: string;
}

export function profileId(n: number): string {
  return `p_01M8${String(n).padStart(22, '0')}`;
}

/** A profile as the store keeps one, with the audiences that it is in. */
function profileOf(n: number): Document {
  const { email, id, ...traits } = customer(n);
  const at = new Date(1_750_000_000_000 + n);
  const identities = [`email:${email}`];
  const h = createHash('sha256').update(email).digest('base64url').slice(0, 16);
  const part = {
    k: `con_bench/rows/${id}`,
    a: at.getTime(),
    s: n,
    b: 'run_bench',
    h,
    n: 200,
    i: identities,
    t: traits,
  };
  const aud = [
    ...(traits.country === 'PT' ? ['portugal'] : []),
    ...(traits.plan !== 'free' ? ['paying'] : []),
    ...(traits.plan === 'pro' ? ['pro'] : []),
  ];
  const name = `${traits.firstName} ${traits.lastName}`.toLowerCase();
  return {
    _id: profileId(n),
    v: 1,
    parts: [part],
    ids: identities,
    name,
    ...(aud.length > 0 && { aud }),
    createdAt: at,
    updatedAt: at,
  } as Document;
}

function eventsOf(n: number): Document[] {
  return Array.from({ length: eventsEach }, (_, i) => {
    const at = new Date(1_750_000_000_000 + i * 3_600_000);
    const properties = { product: `SKU-${i}`, price: 4.9 };
    return {
      _id: `${n}-${i}`,
      p: profileId(n),
      name: 'Product Viewed',
      at,
      properties,
      k: 'con_bench/events/1',
      b: 'run',
    };
  });
}

/** Profiles 1 to `profiles`, written with the driver; the first `active` ones have events. The collections and indexes are the server's. */
export async function writePeople(connection: Connection, profiles: number, active: number): Promise<void> {
  const write = async (collection: string, documents: Document[]): Promise<unknown> =>
    connection
      .collection<Document>(collection)
      .insertMany(documents, { ordered: false, writeConcern: { w: 1, journal: false } });
  for (let start = 1; start <= profiles; start += batch) {
    const count = Math.min(batch, profiles - start + 1);
    await write(
      'profiles',
      Array.from({ length: count }, (_, i) => profileOf(start + i)),
    );
  }
  for (let start = 1; start <= active; start += 200)
    await write(
      'events',
      Array.from({ length: Math.min(200, active - start + 1) }, (_, i) => eventsOf(start + i)).flat(),
    );
}

export function connect(mongodbUri: string, dbName: string): Promise<Connection> {
  return mongoose.createConnection(mongodbUri, { dbName }).asPromise();
}
