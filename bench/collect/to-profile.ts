import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { batchOf } from './messages.ts';
import type { Sender } from './sender.ts';

const batch = 100;
const probeEvery = 100;

export interface ToProfileOptions {
  sender: Sender;
  mongodbUri: string;
  /** Events a second, besides the probes. */
  rate: number;
  seconds: number;
}

/** Milliseconds from a 200 to the changed profile, for a new person every tenth of a second while events come at a steady rate; sorted. */
export async function toProfile({ sender, mongodbUri, rate, seconds }: ToProfileOptions): Promise<number[]> {
  const client = await new mongo.MongoClient(mongodbUri).connect();
  const changes = client
    .db()
    .collection<{ ids: string[] }>('profiles')
    .watch([{ $match: { operationType: 'insert', 'fullDocument.ids': /^user:probe-/ } }]);
  const seenAt = new Map<string, number>();
  changes.on('change', (change) => {
    const { fullDocument } = change as { fullDocument?: { ids: string[] } };
    for (const id of fullDocument?.ids ?? []) seenAt.set(id, performance.now());
  });
  const answeredAt = new Map<string, number>();
  const end = performance.now() + seconds * 1_000;
  const load = every((batch / rate) * 1_000, end, (n) => sender.post('/v1/batch', batchOf(batch, n * batch)));
  const probes = every(probeEvery, end, async () => {
    const userId = `probe-${randomUUID()}`;
    await sender.post('/v1/identify', { userId, messageId: userId, traits: { plan: 'pro' } });
    answeredAt.set(`user:${userId}`, performance.now());
  });
  await Promise.all([load, probes]);
  const patience = performance.now() + 60_000;
  while (seenAt.size < answeredAt.size && performance.now() < patience) await delay(50);
  await changes.close();
  await client.close();
  return [...answeredAt].map(([id, at]) => Math.max(0, (seenAt.get(id) ?? Infinity) - at)).sort((a, b) => a - b);
}

/** Starts work at a steady pace, whether the former has ended or not; rejects when one fails. */
async function every(milliseconds: number, end: number, work: (n: number) => Promise<void>): Promise<void> {
  const under = new Set<Promise<void>>();
  let failure: unknown;
  let due = performance.now();
  for (let n = 0; due < end && failure === undefined; n++) {
    const one = work(n)
      .catch((error: unknown) => (failure ??= error))
      .then(() => void under.delete(one));
    under.add(one);
    due += milliseconds;
    await delay(Math.max(0, due - performance.now()));
  }
  await Promise.all(under);
  if (failure !== undefined) throw new Error('A request failed.', { cause: failure });
}
