import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Log } from '../log/index.ts';

/** Milliseconds that MongoDB has for its last answers. */
const patience = 5_000;

/**
 * For a process that ends: a MongoDB that says nothing is given up, so that whoever waits for it hears so. Nothing is owed to it that a crash would
 * not owe: leases run out, and what was acknowledged is durable.
 */
export async function giveUpSilentMongo(client: mongo.MongoClient, log: Log): Promise<void> {
  if (await answers(client)) return;
  log.warn(
    {},
    'MongoDB does not answer, so this process ends without it: what it was at goes on elsewhere once its leases have run out, and what it had not stored of its own logs and figures is lost',
  );
  await client.close();
}

function answers(client: mongo.MongoClient): Promise<boolean> {
  const answered = client
    .db('admin')
    .command({ ping: 1 })
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answered, delay(patience, false, { ref: false })]);
}
