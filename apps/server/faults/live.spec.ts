import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { Installation } from './testing/installation.ts';
import { Traffic } from './testing/traffic.ts';

const luck = chance();
const batches = 120;
const inBatch = 10;

/** Pushes numbered events over a WebSocket, and again what was not acknowledged when the connection broke. */
class PushingClient {
  readonly #open = new Map(Array.from({ length: batches }, (_, n) => [`b${n}`, batchOf(n)]));
  #sent = new Set<string>();
  readonly acknowledged = new Traffic();
  reconnects = -1;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Until everything is acknowledged. */
  async run(): Promise<void> {
    while (this.#open.size > 0) {
      this.reconnects++;
      await this.#connection();
    }
  }

  /** Resolves when the connection is over. */
  async #connection(): Promise<void> {
    const socket = new WebSocket(this.url, { headers: { authorization: `Bearer ${this.key}` } });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined); // nobody listens there just now; the close tells
    this.#sent = new Set();
    socket.on('message', (data: Buffer) => {
      const { type, id = '' } = JSON.parse(data.toString()) as { type: string; id?: string };
      if (type === 'ack' && this.#open.delete(id)) this.acknowledged.pass();
      if (type === 'busy') this.#sent.delete(id);
      if (this.#open.size === 0) socket.close();
      else this.#push(socket);
    });
    await closed;
    await delay(50);
  }

  /** A few at a time, so that there is always something on its way. */
  #push(socket: WebSocket): void {
    for (const [id, batch] of this.#open) {
      if (this.#onWay() >= 5) return;
      if (this.#sent.has(id)) continue;
      this.#sent.add(id);
      socket.send(JSON.stringify({ type: 'push', id, batch }));
    }
  }

  #onWay(): number {
    return [...this.#sent].filter((id) => this.#open.has(id)).length;
  }
}

function batchOf(n: number): object[] {
  return Array.from({ length: inBatch }, (_, i) => {
    const number = n * inBatch + i;
    return {
      type: 'track',
      event: 'Counted',
      messageId: `w${number}`,
      userId: `u${number % 5}`,
      properties: { number },
    };
  });
}

describe(`the WebSocket (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;

  beforeAll(async () => {
    mill = await Installation.start(1);
  });
  afterAll(() => mill?.stop());

  it('loses no acknowledged event and counts none twice, though its process is killed', async () => {
    const { writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Counted' });
    const port = await freePort();
    let collector = await mill.startCollector(port);
    const client = new PushingClient(`ws://127.0.0.1:${port}/ws`, writeKey);
    const pushing = client.run();
    for (const share of [0.2, 0.6]) {
      const enough = Math.min(batches * share + luck.int(0, 20), batches - 5);
      await mill.happens('batches are acknowledged', client.acknowledged.reaches(enough));
      await collector.kill();
      collector = await mill.startCollector(port);
    }
    await pushing;
    expect(client.reconnects).toBeGreaterThan(0);
    const events = mill.db.collection<{ properties: { number: number } }>('events');
    const sent = batches * inBatch;
    await mill.until('every event has arrived', async () => (await events.countDocuments()) >= sent);
    expect([await events.countDocuments(), (await events.distinct('properties.number')).length]).toEqual([sent, sent]);
  });
});
