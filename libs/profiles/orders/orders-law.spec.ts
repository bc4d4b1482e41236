import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions, type Version } from '#platform';
import type { PushRow, Row } from '@millrace/sdk';
import { DueProfiles } from '../due/index.ts';
import { partPrefix } from '../folding/index.ts';
import { defaultIdentityRules } from '../identity/index.ts';
import { Death, mortalCalls } from '../testing/mortal-store.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { ProfileWriter } from '../writer/index.ts';
import {
  foldOrder,
  orderDeletionModel,
  OrderDeletions,
  orderModel,
  OrderWriter,
  readOrder,
  type OrderDeletion,
  type OrderRow,
  type StoredOrder,
} from './index.ts';

/** Orders, lines of their own, and rows that tell a line with its order. Keys of lines are ids of orders, too. */
type Stream = 'orders' | 'lines' | 'both';

interface Said {
  stream: Stream;
  /** The order's id, or the line's record. */
  key: number;
  gone: boolean;
  /** The order that the line is in. */
  order: number;
  total: number;
  /** When: no two are equal. */
  minute: number;
  run: string;
}

const sayings: fc.Arbitrary<Said[]> = fc
  .array(
    fc.record({
      stream: fc.constantFrom<Stream>('orders', 'lines', 'both'),
      key: fc.integer({ min: 1, max: 3 }),
      gone: fc.boolean(),
      order: fc.integer({ min: 1, max: 3 }),
      total: fc.integer({ min: 1, max: 2 }),
      run: fc.constantFrom('run_1', 'run_2'),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .chain((said) =>
    fc
      .shuffledSubarray(
        said.map((_, minute) => minute),
        { minLength: said.length },
      )
      .map((minutes) => said.map((one, i) => ({ ...one, minute: minutes[i] as number }))),
  );

/** Each row once at least, in any order, cut into pages. */
function arrival(said: readonly Said[]): fc.Arbitrary<Said[][]> {
  const places = said.map((_, place) => place);
  return fc
    .tuple(
      fc.shuffledSubarray(places, { minLength: places.length }),
      fc.array(fc.constantFrom(...places), { maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([order, repeats, size]) => {
      const all = [...order, ...repeats].map((place) => said[place] as Said);
      return Array.from({ length: Math.ceil(all.length / size) }, (_, page) =>
        all.slice(page * size, (page + 1) * size),
      );
    });
}

const cases = sayings.chain((said) => fc.tuple(fc.constant(said), arrival(said), arrival(said), arrival(said)));

describe('the law of orders', () => {
  let test: TestProfiles;
  beforeAll(async () => {
    test = await testProfiles();
  });
  afterAll(() => test.close());

  /** A writer of its own, who may die before or after any look at deletions. */
  function writer(dies: () => boolean = () => false): OrderWriter {
    const deletions = new OrderDeletions(test.connection.model<OrderDeletion>(orderDeletionModel));
    return new OrderWriter(
      test.connection.model<StoredOrder>(orderModel),
      test.module.get(ProfileWriter),
      test.module.get(DueProfiles),
      mortalCalls(deletions, ['keep', 'of', 'refused'], dies),
    );
  }

  /** As the engine does it: rows that lost every race are tried again, and a page that died comes again. */
  async function take(pages: readonly Said[][], dies?: () => boolean): Promise<void> {
    for (const page of pages)
      for (let open = page; open.length > 0;) {
        const [{ stream, run } = open[0] as Said] = open;
        const together = open.filter((one) => one.stream === stream && one.run === run);
        try {
          const outcomes = await writer(dies).write(together.map(rowOf), sourceOf(together[0] as Said));
          const lost = together.filter((_, i) => outcomes[i]?.status === 'retry');
          open = open.filter((one) => !together.includes(one) || lost.includes(one));
        } catch (error) {
          if (!(error instanceof Death)) throw error;
        }
      }
  }

  async function found(): Promise<Record<string, unknown>> {
    const orders = await test.connection.collection<StoredOrder>('orders').find().sort({ _id: 1 }).toArray();
    for (const order of orders) expect(order.p !== undefined).toBe(isSomebodys(order));
    return Object.fromEntries(orders.map((order) => [order._id, stateOf(order)]));
  }

  it('makes the same orders of the same rows in any order, with repeats, late ones and deletions of what has not come', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([said, ...arrivals]) => {
        for (const pages of arrivals) {
          await test.clear();
          await take(pages);
          expect(await found()).toEqual(expectedOf(said));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('holds for several writers at once that may die', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([said, pages]) => {
        await test.clear();
        const lots = [0, 1, 2].map((writer) => pages.filter((_, page) => page % 3 === writer));
        await Promise.all(lots.map((lot) => take(lot, () => Math.random() < 0.05)));
        expect(await found()).toEqual(expectedOf(said));
      }),
      { numRuns: 50 },
    );
  });
});

function sourceOf({ stream, run }: Said) {
  return {
    connection: 'con_shop',
    prefix: partPrefix({ connection: 'con_shop', stream }),
    run,
    rules: defaultIdentityRules,
  };
}

function rowOf(said: Said): OrderRow {
  const { stream, key, gone, order, total, minute } = said;
  const head = { identities: { user: total }, total };
  const line = { id: `l${key % 2}`, price: total };
  const records: Record<Stream, Row> = {
    orders: { id: key, ...head, lines: [{ id: 'l1', price: 9 }] },
    lines: { id: order, line },
    both: { id: order, ...head, line },
  };
  const at = new Date(Date.UTC(2024, 4, 1, 0, minute)).toISOString();
  const row: PushRow = {
    op: gone ? 'delete' : 'upsert',
    key: String(key),
    at,
    seq: minute,
    record: gone ? {} : records[stream],
  };
  return readOrder(row, sourceOf(said));
}

/** What must come of rows: of each record the newest version in each order that it was in, be it its deletion. */
function expectedOf(said: readonly Said[]): Record<string, unknown> {
  const rows = said.map(rowOf);
  const came = rows.filter(({ deleted }) => !deleted);
  const orders = [...new Set(came.map(({ order }) => order))].sort();
  return Object.fromEntries(
    orders.map((order) => {
      const theirs = came.filter((row) => row.order === order);
      const heads = new Map<string, Version & { k: string }>();
      const lines = new Map<string, Version & { k: string; id: string }>();
      for (const { head, line } of theirs) {
        if (head) keepNewest(heads, head);
        if (line) keepNewest(lines, line);
      }
      for (const { deleted, record, head, line, order: named } of rows) {
        if (!deleted || !head || !line) continue;
        const known = lines.get(record);
        if (known) keepNewest(lines, { ...line, id: known.id });
        else if (named === order && head.k.endsWith('/orders/') && heads.has(head.k)) keepNewest(heads, head);
      }
      return [order, stateOf({ heads: [...heads.values()], lines: [...lines.values()] } as StoredOrder)];
    }),
  );
}

function keepNewest<V extends Version & { k: string }>(newest: Map<string, V>, version: V): void {
  const known = newest.get(version.k);
  if (!known || compareVersions(version, known) > 0) newest.set(version.k, version);
}

function stateOf(order: Pick<StoredOrder, 'heads' | 'lines'>): object {
  const { fields, lines, ids, deleted } = foldOrder(order);
  return { fields, lines, ids, deleted };
}

function isSomebodys(order: StoredOrder): boolean {
  const { ids, deleted } = foldOrder(order);
  return ids.length > 0 && !deleted;
}
