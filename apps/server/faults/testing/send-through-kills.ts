import { expect } from '@jest/globals';
import type { Chance } from './chance.ts';
import type { Installation } from './installation.ts';

/** Somebody who counts what was acknowledged, and sends again what was not. */
interface Sender {
  readonly acknowledged: ReadonlySet<unknown>;
  readonly repeats: number;
}

interface Endurance {
  mill: Installation;
  luck: Chance;
  sender: Sender;
  /** Sends something until it is acknowledged. */
  send: () => Promise<unknown>;
  /** So many at a time. */
  atOnce: number;
  /** Kills the collector and starts another one. */
  restart: () => Promise<void>;
  /** The collection that keeps what arrives. */
  kept: string;
}

/** Kills the collector, then it and a worker, while somebody sends; all that was acknowledged has to be there then, once. */
export async function sendThroughKills({ mill, luck, sender, send, atOnce, restart, kept }: Endurance): Promise<void> {
  let over = false;
  const sending = Array.from({ length: atOnce }, async () => {
    while (!over) await send();
  });
  for (const kill of [restart, () => Promise.all([restart(), mill.workers.replace(luck.pick(mill.workers.alive))])]) {
    const enough = sender.acknowledged.size + luck.int(20, 400);
    await mill.until('the sender gets on', async () => sender.acknowledged.size >= enough);
    await kill();
  }
  over = true;
  await Promise.all(sending);

  const events = mill.db.collection<{ properties: { n: number } }>('events');
  const sent = sender.acknowledged.size; // all: what was not acknowledged was sent again
  await mill.until('everything has arrived', async () => (await events.countDocuments()) >= sent);
  const counted = await events.distinct('properties.n');
  expect([await events.countDocuments(), counted.length]).toEqual([sent, sent]);
  expect(await mill.db.collection(kept).countDocuments()).toBe(sent);
  expect(await mill.db.collection('rejects').countDocuments()).toBe(0);
  expect(sender.repeats).toBeGreaterThan(0);
}
