import { describe, expect, it } from '@jest/globals';
import { ok, retry, type DestinationObject, type PushRow } from '@millrace/sdk';
import { Pusher, type PusherOptions } from '../engine/push/pusher.ts';
import type { Batch } from './batch.schema.ts';
import { BatchSender } from './batch-sender.ts';
import type { Batches } from './batches.ts';
import { openBatch } from './open-batch.ts';

describe('BatchSender, after a worker that died while it sent again what the destination had put off', () => {
  it.each([
    ['atLeastOnce', ['b'], { a: 'ok', b: 'ok' }, 1],
    ['atMostOnce', [], { a: 'ok', b: 'unknown' }, 0],
  ] as const)('%s: what may have arrived counts as unknown', async (delivery, sent, fates, repeated) => {
    const pushed: string[] = [];
    const sender = new BatchSender([pusherTo(pushed, delivery)], noted, new AbortController().signal);
    const batch = openBatch(leftBehind(), 1);
    await sender.send(batch);
    expect(pushed).toEqual(sent);
    expect(batch.outcomes[0]?.map((outcome) => outcome?.status)).toEqual(Object.values(fates));
    expect(batch.stored.repeated).toBe(repeated);
  });
});

const row = (key: string): PushRow => ({ op: 'upsert', record: {}, key, at: '2026-01-01T00:00:00.000Z', seq: 0 });

const leftBehind = (): Batch => ({
  ...{ _id: 'bat_1', run: 'run_1', slice: 'slice', epoch: 1, repeated: 0, rounds: 1, createdAt: new Date() },
  content: JSON.stringify(['a', 'b'].map((key) => ({ raw: {}, rows: [row(key)] }))),
  outcomes: [[ok(), retry()]],
  sending: 0,
});

const noted = { note: async () => undefined } as unknown as Batches;

function pusherTo(pushed: string[], delivery: PusherOptions['delivery']): Pusher {
  const definition: DestinationObject = {
    modes: ['insert'],
    idempotency: 'none',
    async push(_, rows) {
      pushed.push(...rows.map(({ key }) => key));
      return rows.map(() => ok());
    },
  };
  const ctx = {} as PusherOptions['ctx'];
  const from = { connection: 'con_1', stream: 'rows' };
  return new Pusher({
    ...{ ctx, from, delivery, definition, object: 'entry', mode: 'insert', run: 'run_1', permit: () => undefined },
  });
}
