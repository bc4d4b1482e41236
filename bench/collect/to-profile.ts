import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { probe, type Load } from './probe.ts';

/** Milliseconds from a 200 to the changed profile, each of a new person; sorted. */
export async function toProfile(load: Load, mongodbUri: string): Promise<number[]> {
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
  const identify = async (): Promise<string> => {
    const userId = `probe-${randomUUID()}`;
    await load.sender.post('/v1/identify', { userId, messageId: userId, traits: { plan: 'pro' } });
    return `user:${userId}`;
  };
  const latencies = await probe(load, identify, seenAt);
  await changes.close();
  await client.close();
  return latencies;
}
