import { expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import type { Broker } from './broker.ts';
import { Follower } from './follow.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ key: `k${from + i}`, value: { n: from + i } }));
const numbersOf = ({ values }: Follower): number[] => values.map((value) => (value as { n: number }).n);
const sorted = (numbers: number[]): number[] => numbers.toSorted((a, b) => a - b);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** What a subscriber of a topic is given. */
export function sourceTests(at: () => Broker): void {
  it('gives key, value, headers, timestamp and place', async () => {
    const topic = await at().topic('shape');
    const timestamp = String(Date.parse('2026-01-02T03:04:05Z'));
    await at().send(topic, { key: '7', value: { a: 1 }, headers: { source: 'crm' }, timestamp }, { value: 'null' });
    const follower = new Follower(at(), topic);
    await follower.has(2);
    await follower.stop();
    const time = '2026-01-02T03:04:05.000Z';
    expect(follower.records[0]).toEqual({
      ...{ id: '7', key: '7', value: { a: 1 }, headers: { source: 'crm' }, timestamp: time },
      ...{ topic, partition: 0, offset: 0, place: 'shape/0/0' },
    });
    expect(follower.records[1]).toMatchObject({ id: 'shape/0/1', key: null, value: null });
    expect(follower.pages[0]).toMatchObject({ lane: 'shape/0', positions: ['shape/0/0', 'shape/0/1'] });
    expect(follower.pages[0]?.times?.records[0]).toBe(time);
  });

  it('tells times that never go back within a lane, since the log’s order counts', async () => {
    const topic = await at().topic('times');
    const ms = (text: string): string => String(Date.parse(text));
    const times = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', '2999-01-01T00:00:00Z'];
    await at().send(topic, ...times.map((time, n) => ({ key: 'k', value: { n }, timestamp: ms(time) })));
    const follower = new Follower(at(), topic);
    await follower.has(3);
    await follower.stop();
    const [first, second, third] = follower.pages.flatMap((page) => page.times?.records ?? []);
    expect([first, second]).toEqual(['2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z']);
    expect(Date.parse(third ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('tells of tombstones as removals, in their order with what comes after them', async () => {
    const topic = await at().topic('tombstones');
    const puts = [{ n: 1 }, null, { n: 2 }, { n: 3 }, null].map((value) => ({ key: 'k', value }));
    await at().send(topic, ...puts, { value: null });
    const follower = new Follower(at(), topic);
    await follower.until(({ pages }) => pages.some(({ rejects = [] }) => rejects.length > 0));
    await follower.stop();
    const told = follower.pages.map(({ records, deletes }) => [records.map(({ value }) => value), deletes]);
    expect(told).toEqual([
      [[{ n: 1 }], [['k']]],
      [[{ n: 2 }, { n: 3 }], [['k']]],
    ]);
    expect(follower.pages[1]?.rejects).toMatchObject([{ position: 'tombstones/0/5', code: 'malformed_row' }]);
  });

  it('names what a tombstone removes by the sync’s own key', async () => {
    const topic = await at().topic('own-key');
    await at().send(topic, { key: '{"tenant":"a","id":7}', value: null }, { key: '{"id":8}', value: null });
    const follower = new Follower(at(), topic, { config: { keys: 'json' }, key: ['key.tenant', 'key.id'] });
    await follower.until(({ pages }) => pages.length > 0);
    await follower.stop();
    expect(follower.pages[0]).toMatchObject({ deletes: [['a', 7]], rejects: [{ position: 'own-key/0/1' }] });
  });

  it('goes on behind what it has read, and begins at "latest" durably', async () => {
    const topic = await at().topic('latest', 2);
    await at().send(topic, ...numbered(1, 10));
    const lanes: Record<string, Json> = {};
    const config = { from: 'latest' };
    const first = new Follower(at(), topic, { config, lanes });
    await first.until(() => Object.keys(lanes).length === 2);
    await first.stop();
    expect(first.records).toEqual([]);
    await at().send(topic, ...numbered(11, 20)); // nobody is there
    const second = new Follower(at(), topic, { config, lanes });
    await second.has(10);
    await second.stop();
    expect(sorted(numbersOf(second))).toEqual(range(11, 20));
  });

  it('begins at a time, and reads partitions that were added later from their beginning', async () => {
    const topic = await at().topic('from-time');
    const timestamp = String(Date.parse('2026-01-01T00:00:00Z'));
    await at().send(topic, ...numbered(1, 5).map((one) => ({ ...one, timestamp })), ...numbered(6, 8));
    const config = { from: 'timestamp', fromTime: '2026-01-02T00:00:00Z' };
    const lanes: Record<string, Json> = {};
    const first = new Follower(at(), topic, { config, lanes });
    await first.has(3);
    await first.stop();
    expect(numbersOf(first)).toEqual([6, 7, 8]);
    await at().addPartitions(topic, 2);
    await at().send(topic, { partition: 1, value: { n: 9 }, timestamp });
    const second = new Follower(at(), topic, { config, lanes });
    await second.has(1);
    await second.stop();
    expect(numbersOf(second)).toEqual([9]);
  });

  it('reads partitions that are added while it follows from their beginning, though it has only just begun at "latest"', async () => {
    const topic = await at().topic('growing');
    const lanes: Record<string, Json> = {};
    const follower = new Follower(at(), topic, { config: { from: 'latest' }, lanes, group: 'growing' });
    await follower.until(() => lanes['growing/0'] !== undefined);
    await at().addPartitions(topic, 3);
    await at().send(topic, { partition: 1, value: { n: 1 } }, { partition: 2, value: { n: 2 } });
    await at().passBy('millrace-growing', topic); // the group learns of them at once, and not only with the next look at the topic
    await follower.has(2);
    await follower.stop();
    expect(sorted(numbersOf(follower))).toEqual([1, 2]);
  });

  it('tells the broker what is durable, and not before', async () => {
    const topic = await at().topic('durable');
    await at().send(topic, ...numbered(1, 3));
    const groupId = 'millrace-durable';
    const committed = async (): Promise<string | undefined> => {
      const [found] = await at().admin.fetchOffsets({ groupId, topics: [topic] });
      return found?.partitions[0]?.offset;
    };
    const before: unknown[] = [];
    const follower = new Follower(at(), topic, { group: 'durable' });
    follower.onPage = async () => void before.push(await committed());
    await follower.has(3);
    await follower.stop();
    expect(before[0]).toBe('-1');
    expect(await committed()).toBe('3');
  });

  it('does not believe the group’s own offsets', async () => {
    const topic = await at().topic('believes');
    await at().send(topic, ...numbered(1, 4));
    const first = new Follower(at(), topic);
    await first.has(4);
    const { lanes } = await first.stop();
    const edited = { 'believes/0': { ...(lanes['believes/0'] as object), offset: 2 } };
    const second = new Follower(at(), topic, { lanes: edited });
    await second.has(2);
    await second.stop();
    expect(numbersOf(second)).toEqual([3, 4]);
  });

  it('says that messages were removed before they were read, and goes on as configured', async () => {
    const topic = await at().topic('retention');
    await at().send(topic, ...numbered(1, 6));
    await at().removeBefore(topic, 4);
    const lanes = { 'retention/0': { offset: 2 } };
    const failing = new Follower(at(), topic, { lanes: { ...lanes } });
    await expect(failing.has(1)).rejects.toMatchObject({
      code: 'place_gone',
      retryable: false,
      message: expect.stringContaining('The messages 2 to 3 of retention/0 were removed'),
    });
    const going = new Follower(at(), topic, { lanes: { ...lanes }, config: { whenGone: 'beginning' } });
    await going.has(2);
    await going.stop();
    expect(numbersOf(going)).toEqual([5, 6]);
    expect(going.warnings).toMatchObject([expect.stringContaining('It goes on at 4.')]);
  });

  it('notices removed messages while it follows, too', async () => {
    const topic = await at().topic('retention-later');
    await at().send(topic, { key: 'k', value: { n: 1 } }, { key: 'k', value: null }, { key: 'k', value: { n: 2 } });
    const follower = new Follower(at(), topic);
    follower.onPage = async () => {
      // While the engine has the first page in hand and the second one waits, a burst comes and is gone again.
      follower.onPage = async () => undefined;
      await at().send(topic, ...numbered(3, 9));
      await at().removeBefore(topic, 8);
    };
    await expect(follower.has(9)).rejects.toMatchObject({ code: 'place_gone' });
    expect(numbersOf(follower)).toEqual([1, 2]);
  });

  it('notices that the topic was made anew', async () => {
    const topic = await at().topic('anew');
    await at().send(topic, ...numbered(1, 2));
    const lanes = { 'anew/0': { offset: 500 } };
    await expect(new Follower(at(), topic, { lanes }).has(1)).rejects.toMatchObject({ code: 'place_gone' });
  });

  it('says that its topic was removed, and does not make it anew', async () => {
    const topic = await at().topic('removed');
    await at().send(topic, ...numbered(1, 2));
    const follower = new Follower(at(), topic);
    await follower.has(2);
    await at().admin.deleteTopics({ topics: [topic] });
    await expect(follower.has(3)).rejects.toMatchObject({
      code: 'stream_not_found',
      message: expect.stringContaining('There is no such topic'),
    });
    await expect(new Follower(at(), topic).has(1)).rejects.toMatchObject({ code: 'stream_not_found' });
    expect(await at().admin.listTopics()).not.toContain(topic);
  });

  it('cuts pages by count and bytes, and holds no more than it is asked for', async () => {
    const topic = await at().topic('pages');
    const text = 'x'.repeat(400_000);
    await at().send(topic, ...range(1, 1_500).map((n) => ({ value: { n } })));
    for (const n of range(1_501, 1_505)) await at().send(topic, { value: { n, text } });
    const follower = new Follower(at(), topic);
    await follower.has(1_505);
    await follower.stop();
    expect(numbersOf(follower)).toEqual(range(1, 1_505));
    expect(follower.pages.every(({ records }) => records.length <= 1_000)).toBe(true);
    const big = follower.pages.filter(({ records }) => JSON.stringify(records).length > 400_000);
    expect(big.length).toBeGreaterThanOrEqual(3);
  });
}
