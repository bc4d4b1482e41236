import type { Connection } from 'mongoose';
import { customer } from '../load/customers.ts';
import { profileId } from '../people/people-documents.ts';

const batch = 10_000;

interface Document {
  _id: string;
}

const goods = ['Mug', 'Lamp', 'Chair', 'Blanket', 'Clock', 'Bowl', 'Basket', 'Vase', 'Shelf', 'Rug'];

function recommended(n: number): object[] {
  return Array.from({ length: 6 }, (_, i) => {
    const id = (n * 7 + i * 13) % 5_000;
    const price = 9.9 + (id % 40);
    return {
      id,
      name: `${goods[id % goods.length]} no. ${id}`,
      price,
      url: `https://shop.example.com/goods/${id}`,
      ...(id % 3 === 0 && { reduced: price + 10 }),
    };
  });
}

/** A profile as the store keeps one; every 20th lacks a first name. */
function profileOf(n: number): Document {
  const { email, id, firstName, ...traits } = customer(n);
  const at = new Date(1_750_000_000_000 + n);
  const ids = [`email:${email}`];
  const t = { ...(n % 20 !== 0 && { firstName }), ...traits, recommended: recommended(n) };
  const part = { k: `con_bench/rows/${id}`, a: at.getTime(), s: n, b: 'run_bench', h: String(n), n: 1000, i: ids, t };
  return {
    _id: profileId(n),
    v: 1,
    parts: [part],
    ids,
    name: `${firstName} ${traits.lastName}`.toLowerCase(),
    createdAt: at,
    updatedAt: at,
  } as Document;
}

/** Nine of ten agreed. */
function consentOf(n: number): Document {
  const identity = `email:${customer(n).email}`;
  const at = new Date(1_750_000_000_000 + n);
  const statement = { a: at.getTime(), o: '', s: 0, b: 'run_bench', h: String(n), k: `con_bench/consents/${n}` };
  const said = { ...statement, state: n % 10 === 0 ? 'denied' : 'granted', at };
  const what = { identity, channel: 'email', purpose: 'marketing' };
  return { _id: `${identity}|email|marketing`, v: 1, ...what, ...said, said: [said], updatedAt: at } as Document;
}

/** Profiles 1 to `people` and their consents, written with the driver. The collections and indexes are the server's. */
export async function writePeople(connection: Connection, people: number): Promise<void> {
  const options = { ordered: false, writeConcern: { w: 1, journal: false } } as const;
  for (let start = 1; start <= people; start += batch) {
    const numbers = Array.from({ length: Math.min(batch, people - start + 1) }, (_, i) => start + i);
    await connection.collection<Document>('profiles').insertMany(numbers.map(profileOf), options);
    await connection.collection<Document>('consents').insertMany(numbers.map(consentOf), options);
  }
}
