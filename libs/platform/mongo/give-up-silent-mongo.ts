import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Log } from '../log/index.ts';

/** Milliseconds that MongoDB has for its last answers. */
const patience = 5_000;

/** Milliseconds until it is asked again after an error. */
const pause = 100;

/**
 * For a process that ends: a MongoDB that says nothing, or takes no writes, is given up, so that whoever waits for it hears so. Nothing is owed to it
 * that a crash would not owe: leases run out, and what was acknowledged is durable.
 *
 * @param write one that may be made at any time
 */
export async function giveUpSilentMongo(
  client: mongo.MongoClient,
  log: Log,
  write: () => Promise<unknown>,
): Promise<void> {
  if (await isTaken(write)) return;
  log.warn(
    {},
    'MongoDB does not answer, or takes no writes, so this process ends without it: what it was at goes on elsewhere once its leases have run out, and what it had not stored of its own logs and figures is lost',
  );
  hangUp(client);
  await client.close();
}

/**
 * Of its own accord closing asks the server to end cursors and sessions, over new connections where the old ones are in use: one that stands still
 * accepts them, and is waited for half a minute, or longer.
 */
function hangUp(client: mongo.MongoClient): void {
  const { topology } = client as {
    topology?: Record<'closeCheckedOutConnections' | 'close', (() => void) | undefined>;
  }; // no part of the driver's public face
  topology?.closeCheckedOutConnections?.();
  topology?.close?.();
}

/**
 * An error is no answer: another server may be elected. And after the first ones the driver still takes the server for alive; closing would wait
 * for it then, to end its sessions there.
 */
async function isTaken(write: () => Promise<unknown>): Promise<boolean> {
  const over = delay(patience, 'silent' as const, { ref: false });
  for (;;) {
    const said = await Promise.race([
      over,
      write().then(
        () => 'alive' as const,
        () => 'failed' as const,
      ),
    ]);
    if (said !== 'failed') return said === 'alive';
    await delay(pause);
  }
}
