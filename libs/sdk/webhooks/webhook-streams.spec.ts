import { describe, expect, it } from '@jest/globals';
import type { Deliveries, KeptDelivery, Page, SubscribeContext, Webhooks } from '../index.ts';
import { testContext, testDeliveries } from '../testing/index.ts';
import { deliveryId, eachOfList, objectOf, webhookStreams } from './index.ts';

const receivedAt = new Date('2026-01-02T03:04:05.000Z');

function kept(id: string, body: unknown): KeptDelivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { id, method: 'POST', url: 'https://x/hooks/a', headers: {}, body: Buffer.from(text), receivedAt };
}

interface Payload {
  stream: string;
  record: unknown;
  at?: string;
  deleted?: boolean;
}

const parse: Webhooks['parse'] = (delivery) => objectOf(delivery).records as Payload[];

async function subscribe(
  deliveries: Deliveries,
  abort: AbortController,
  lanes = {},
  consumer = { group: 'g', index: 0, of: 1 },
  last = Infinity,
): Promise<Page[]> {
  const { people } = webhookStreams({ parse }, { people: { key: 'id' } });
  const { signal } = abort;
  const stream = { name: 'people', key: ['id'] };
  const ctx = { ...testContext({}, { deliveries }), stream, signal, lanes, consumer } as unknown as SubscribeContext;
  const pages: Page[] = [];
  try {
    for await (const page of people?.subscribe?.(ctx) ?? []) {
      pages.push(page);
      if (page.resume === last) abort.abort();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return pages;
}

const read = (deliveries: KeptDelivery[], lanes = {}): Promise<Page[]> =>
  subscribe(testDeliveries(deliveries), new AbortController(), lanes, undefined, deliveries.length);

describe('streams of webhooks', () => {
  it('tell large ids apart, also those of a list that is split', async () => {
    const list = kept('d1', '[{"id":9007199254740992},{"id":9007199254740993}]');
    expect(eachOfList(list).map(({ body }) => objectOf({ body }))).toEqual([
      { id: '9007199254740992' },
      { id: '9007199254740993' },
    ]);
  });

  it('tell ids apart that differ only at their end, however long they are', () => {
    const idOf = (told: string): string => deliveryId({ id: () => told }, kept('', ''));
    const [one, other] = ['1', '2'].map((end) => `${'s'.repeat(500)}${end}`) as [string, string];
    expect(idOf(one)).toBe(idOf(one));
    expect(idOf(one)).not.toBe(idOf(other));
    expect(idOf(one).length).toBeLessThan(500);
    expect(idOf('s'.repeat(500))).toBe('s'.repeat(500));
  });

  it('give the rows of their own name, with their time, and the deleted ones by key', async () => {
    const [page] = await read([
      kept('d1', {
        records: [
          { stream: 'people', record: { id: 1, name: 'Ann' }, at: '2025-01-01T00:00:00Z' },
          { stream: 'orders', record: { id: 9 } },
          { stream: 'people', record: { id: 2 } },
          { stream: 'people', record: { id: 3 }, deleted: true, at: '2025-01-03T00:00:00Z' },
        ],
      }),
    ]);
    expect(page).toEqual({
      records: [{ id: 1, name: 'Ann' }, { id: 2 }],
      positions: ['delivery/d1[0]', 'delivery/d1[1]'],
      deletes: [[3]],
      times: {
        records: ['2025-01-01T00:00:00.000Z', '2026-01-02T03:04:05.000Z'],
        deletes: ['2025-01-03T00:00:00.000Z'],
      },
      rejects: [],
      lane: 'test',
      resume: 1,
    });
  });

  it('make rejects of what cannot be understood, and keep the rest', async () => {
    const pages = await read([
      kept('d1', '{"records":'),
      kept('d2', { records: 7 }),
      kept('d3', {
        records: [
          { stream: 'people', record: 'x' },
          { stream: 'people', record: { id: 1 } },
        ],
      }),
      kept('d4', { records: [{ stream: 'people', record: {}, deleted: true }] }),
    ]);
    expect(
      pages.flatMap(({ rejects = [] }) => rejects).map(({ position, code, raw }) => [position, code, raw]),
    ).toEqual([
      ['delivery/d1', 'malformed_row', '{"records":'],
      ['delivery/d2', 'malformed_row', { records: 7 }],
      ['delivery/d3[0]', 'malformed_row', 'x'],
      ['delivery/d4', 'malformed_row', {}],
    ]);
    expect(pages.flatMap(({ records }) => records)).toEqual([{ id: 1 }]);
  });

  it('go on behind what is durable, cut long pages at a delivery, and move on past what is not theirs', async () => {
    const many = (count: number, from: number) => ({
      records: Array.from({ length: count }, (_, i) => ({ stream: 'people', record: { id: from + i } })),
    });
    const deliveries = [kept('d1', many(700, 0)), kept('d2', many(700, 700)), kept('d3', { records: [] })];
    const pages = await read(deliveries);
    expect(pages.map(({ records, resume }) => [records.length, resume])).toEqual([
      [700, 1],
      [700, 2],
      [0, 3],
    ]);
    expect((await read(deliveries, { test: 1 })).map(({ resume }) => resume)).toEqual([2, 3]);
  });

  it('share the lanes out among subscribers', async () => {
    const takers: number[] = [];
    for (const index of [0, 1, 2]) {
      const deliveries: Deliveries = {
        async *follow({ isMine }) {
          if (isMine('lane_1')) takers.push(index);
          yield { lane: 'lane_1', deliveries: [] };
        },
        lag: async () => ({}),
      };
      const pages = await subscribe(deliveries, new AbortController(), {}, { group: 'g', index, of: 3 });
      expect(pages).toEqual([{ records: [], lane: 'lane_1', resume: null }]); // a lane that is over is forgotten
    }
    expect(takers).toHaveLength(1);
  });
});

describe('the lag of a stream of webhooks', () => {
  it('is what is kept beyond what has arrived', async () => {
    const { people } = webhookStreams({ parse }, { people: { key: 'id' } });
    const deliveries = testDeliveries([1, 2, 3].map((n) => kept(`d${n}`, { records: [] })));
    const consumer = { group: 'g', index: 0, of: 1 };
    const lagAt = (place: number) =>
      people?.lag?.({
        ...testContext({}, { deliveries }),
        consumer,
        places: async () => ({ test: place }),
      } as unknown as SubscribeContext);
    expect(await lagAt(1)).toEqual({ test: { records: 2 } });
    expect(await lagAt(3)).toEqual({ test: { records: 0, seconds: 0 } });
  });
});

describe('a list of messages', () => {
  it('becomes a delivery for each; anything else stays one', () => {
    const bodies = (body: unknown): string[] => eachOfList(kept('d', body)).map((one) => one.body.toString());
    expect(bodies('[{"a":1}, null, "x"]')).toEqual(['{"a":1}', 'null', '"x"']);
    expect(bodies('[]')).toEqual([]);
    expect(bodies({ a: 1 })).toEqual(['{"a":1}']);
    expect(bodies('nonsense')).toEqual(['nonsense']);
  });
});
