import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { configSpec, streamsOf, type Page, type Row } from '@millrace/sdk';
import { testConnector, testContext } from '@millrace/sdk/testing';
import { startKinesis, type Fault, type Kinesis } from '#tools/kinesis';
import { KinesisConfig } from './config.ts';
import connector from './index.ts';
import { Places, rowsOf } from './testing/subscribed.ts';

let kinesis: Kinesis;
beforeAll(async () => {
  kinesis = await startKinesis();
  await kinesis.createStream('contract', 2);
  await kinesis.put('contract', ...people(1, 40));
});
afterAll(() => kinesis.stop());
afterEach(() => void (kinesis.script = () => undefined));

function people(from: number, to: number): { key: string; data: string }[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    key: `p${(from + i) % 7}`,
    data: JSON.stringify({ n: from + i }),
  }));
}
const numbers = (rows: Row[]): unknown[] => rows.map(({ data }) => (data as { n: number }).n);
const sorted = (rows: Row[]): unknown[] => numbers(rows).sort((a, b) => Number(a) - Number(b));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const only = (stream: string, more: object = {}): object => ({
  ...kinesis.config,
  streams: [stream],
  pollMilliseconds: 200,
  ...more,
});

testConnector(
  connector,
  {
    config: () => {
      kinesis.script = ({ accessKeyId }): Fault | undefined =>
        accessKeyId === 'AKIAREFUSED' ? { status: 400, name: 'UnrecognizedClientException' } : undefined;
      return only('contract');
    },
    badConfig: () => {
      kinesis.script = ({ accessKeyId }): Fault | undefined =>
        accessKeyId === 'AKIAREFUSED' ? { status: 400, name: 'UnrecognizedClientException' } : undefined;
      return only('contract', { accessKeyId: 'AKIAREFUSED' });
    },
    invalidConfigs: [
      { region: 'Frankfurt' },
      { region: 'eu-central-1', endpoint: 'ftp://x' },
      { region: 'eu-central-1', streams: ['no/name'] },
      { region: 'eu-central-1', start: 'EARLIEST' },
    ],
    streams: { contract: { records: 40 } },
    objects: {
      record: {
        rows: [
          { partitionKey: 'a', data: { n: 1 } },
          { partitionKey: 'b', data: { n: 2 } },
        ],
      },
    },
  },
  { describe, it },
);

describe('discovering', () => {
  it('lists the streams of the account where none is named', async () => {
    await kinesis.createStream('listed');
    const streams = await streamsOf(connector, testContext(configSpec(KinesisConfig).parse(kinesis.config)));
    expect(Object.keys(streams)).toEqual(['contract', 'listed']);
  });

  it.each([
    [{ streams: ['nowhere'] }, 'stream_not_found'],
    [{ accessKeyId: undefined }, 'invalid_config'],
    [{ credentials: 'environment' }, 'invalid_config'],
    [{ start: 'AT_TIMESTAMP' }, 'invalid_config'],
    [{ endpoint: 'http://127.0.0.1:1' }, 'unreachable'],
  ])('check tells what is wrong with %j', async (more, code) => {
    const ctx = testContext(configSpec(KinesisConfig).parse(only('contract', more)));
    await expect(connector.check(ctx)).rejects.toMatchObject({ code });
  });
});

describe('records', () => {
  const aggregated = Buffer.from(
    // Written by aws_kinesis_agg 1.2.3 of PyPI: three records with two partition keys, the second with an explicit hash key.
    '84mawgoCazAKAmsxEgMxMjEaIwgAGh97ImlkIjogMCwgIm5hbWUiOiAiWm9cdTAwZWIgMCJ9GiUIARAAGh97ImlkIjogMSwgIm5hbWUiOiAiWm9cdTAwZWIgMSJ9GiMIABofeyJpZCI6IDIsICJuYW1lIjogIlpvXHUwMGViIDIife1Z+51RSKlMPnJtaz7CQek=',
    'base64',
  );

  it('are told with where they stood and when they arrived', async () => {
    await kinesis.createStream('plain');
    await kinesis.put('plain', { key: 'k', data: '{"a":[1,"ü"]}' }, { key: 'k', data: gzipSync('{"zipped":true}') });
    const subscribed = new Places().subscribe(only('plain'), 'plain');
    const pages = await subscribed.until((rows) => rows.length === 2);
    await subscribed.end();
    const [first, second] = rowsOf(pages);
    expect(first).toEqual({
      id: `shardId-000000000000/${String(first?.sequenceNumber)}`,
      shard: 'shardId-000000000000',
      sequenceNumber: expect.stringMatching(/^\d{56}$/) as unknown,
      partitionKey: 'k',
      arrivedAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      data: { a: [1, 'ü'] },
    });
    expect(second?.data).toEqual({ zipped: true });
    const page = pages.find(({ records }) => records.length > 0);
    expect(page?.times?.records[0]).toBe(first?.arrivedAt);
  });

  it('that were aggregated are taken apart, and each can be gone on behind', async () => {
    await kinesis.createStream('aggregated');
    await kinesis.put('aggregated', { key: 'whole', data: aggregated }, { key: 'x', data: '{"id":3}' });
    const places = new Places();
    const subscribed = places.subscribe(only('aggregated'), 'aggregated');
    const rows = rowsOf(await subscribed.until((found) => found.length === 4));
    await subscribed.end();
    expect(rows.map(({ data, partitionKey, subSequenceNumber }) => [data, partitionKey, subSequenceNumber])).toEqual([
      [{ id: 0, name: 'Zoë 0' }, 'k0', 0],
      [{ id: 1, name: 'Zoë 1' }, 'k1', 1],
      [{ id: 2, name: 'Zoë 2' }, 'k0', 2],
      [{ id: 3 }, 'x', undefined],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);

    const [{ shard, sequenceNumber } = {}] = rows;
    places.lanes = { [String(shard)]: { sequenceNumber: String(sequenceNumber), subSequenceNumber: 0 } };
    const again = places.subscribe(only('aggregated'), 'aggregated');
    expect(rowsOf(await again.until((found) => found.length === 3))).toEqual(rows.slice(1));
    await again.end();
  });

  it('that cannot be decoded are rejects with their place; one whose digest is wrong is among them', async () => {
    await kinesis.createStream('poison');
    const broken = Buffer.from(aggregated);
    broken[broken.length - 1] = 0;
    await kinesis.put(
      'poison',
      { key: 'k', data: 'not JSON' },
      { key: 'k', data: Buffer.from([0xff, 0xfe, 0x00]) },
      { key: 'k', data: broken },
      { key: 'k', data: gzipSync('{"cut":').subarray(0, 15) },
      { key: 'k', data: gzipSync(Buffer.alloc(30_000_000)) },
      { key: 'k', data: '{"n":1}' },
    );
    const subscribed = new Places().subscribe(only('poison'), 'poison');
    const pages = await subscribed.until((rows) => rows.length === 1);
    await subscribed.end();
    const rejects = pages.flatMap((page) => page.rejects ?? []);
    expect(rejects.map(({ code }) => code)).toEqual([
      'malformed_row',
      'invalid_encoding',
      'invalid_encoding',
      'invalid_encoding',
      'row_too_large',
    ]);
    expect(rejects[0]).toMatchObject({
      position: expect.stringMatching(/^shardId-000000000000\/\d{56}$/) as unknown,
      raw: { partitionKey: 'k', data: 'not JSON' },
    });
    expect(rejects[1]?.raw).toMatchObject({ data: '//4A' });
  });

  it('come in pages of at most 1,000 rows or about a megabyte', async () => {
    await kinesis.createStream('many');
    await kinesis.put('many', ...people(1, 1_500));
    await kinesis.put(
      'many',
      ...range(1, 3).map(() => ({ key: 'k', data: JSON.stringify({ x: 'y'.repeat(600_000) }) })),
    );
    const subscribed = new Places().subscribe(only('many'), 'many');
    const pages = await subscribed.until((rows) => rows.length === 1_503);
    await subscribed.end();
    const sizes = pages.map(({ records }) => records.length).filter((size) => size > 0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(numbers(rowsOf(pages)).slice(0, 1_500)).toEqual(range(1, 1_500));
  });
});

describe('how far it is behind', () => {
  it('is told once its shards were read: how long what has not arrived has been there', async () => {
    await kinesis.createStream('lagging');
    await kinesis.put('lagging', ...people(1, 3));
    const subscribed = new Places().subscribe(only('lagging'), 'lagging');
    expect(await subscribed.lag()).toBeUndefined();
    await subscribed.until((rows) => rows.length === 3);
    const before = await subscribed.lag();
    expect(Object.keys(before ?? {})).toEqual(['shardId-000000000000']);
    expect(before?.['shardId-000000000000']?.seconds).toBeGreaterThan(0); // the last page has not arrived yet
    const next = subscribed.until((rows) => rows.length === 4);
    await kinesis.put('lagging', ...people(4, 4));
    await next;
    await subscribed.arrived();
    expect(await subscribed.lag()).toEqual({ 'shardId-000000000000': { seconds: 0 } });
    await subscribed.end();
  });
});

describe('where a shard begins', () => {
  it('is at its latest record where that is wanted, and a restart loses nothing after it', async () => {
    await kinesis.createStream('latest');
    await kinesis.put('latest', ...people(1, 3));
    const config = only('latest', { start: 'LATEST' });
    const places = new Places();
    const first = places.subscribe(config, 'latest');
    await first.until((_, pages) => pages.length === 1); // it has begun
    await first.end();
    await kinesis.put('latest', ...people(4, 6));
    const second = places.subscribe(config, 'latest');
    expect(numbers(rowsOf(await second.until((rows) => rows.length === 3)))).toEqual([4, 5, 6]);
    await second.end();
  });

  it('is at a time', async () => {
    await kinesis.createStream('timed');
    await kinesis.put('timed', ...people(1, 3));
    const { Records = [] } = await recordsIn('timed');
    const startAt = new Date((Records.at(-1)?.ApproximateArrivalTimestamp?.getTime() ?? 0) + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5)); // the clock of what comes later is another
    await kinesis.put('timed', ...people(4, 5));
    const subscribed = new Places().subscribe(only('timed', { start: 'AT_TIMESTAMP', startAt }), 'timed');
    expect(numbers(rowsOf(await subscribed.until((rows) => rows.length === 2)))).toEqual([4, 5]);
    await subscribed.end();
  });

  async function recordsIn(stream: string) {
    const { GetRecordsCommand, GetShardIteratorCommand } = await import('@aws-sdk/client-kinesis');
    const { ShardIterator } = await kinesis.client.send(
      new GetShardIteratorCommand({
        StreamName: stream,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    return kinesis.client.send(new GetRecordsCommand({ ShardIterator }));
  }

  it('refuses a place that nobody can have meant', async () => {
    const places = new Places();
    places.lanes = { 'shardId-000000000000': 17 };
    const subscribed = places.subscribe(only('contract'), 'contract');
    await expect(subscribed.until(() => false)).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('resharding', () => {
  it('reads parents to their end before their children, over a split and a merge, in one subscription', async () => {
    await kinesis.createStream('reshard');
    await kinesis.put('reshard', ...people(1, 20));
    await kinesis.split('reshard', 'shardId-000000000000');
    await kinesis.put('reshard', ...people(21, 40));
    await kinesis.merge('reshard', 'shardId-000000000001', 'shardId-000000000002');
    await kinesis.put('reshard', ...people(41, 60));
    const places = new Places();
    const subscribed = places.subscribe(only('reshard'), 'reshard');
    const rows = rowsOf(await subscribed.until((found) => found.length === 60));
    await subscribed.end();
    expect(sorted(rows)).toEqual(range(1, 60));
    for (const key of new Set(rows.map(({ partitionKey }) => partitionKey))) {
      const ofKey = numbers(rows.filter(({ partitionKey }) => partitionKey === key));
      expect(ofKey).toEqual([...ofKey].sort((a, b) => Number(a) - Number(b)));
    }
    expect(places.lanes).toMatchObject({
      'shardId-000000000000': { ended: true },
      'shardId-000000000001': { ended: true },
      'shardId-000000000002': { ended: true },
      'shardId-000000000003': { sequenceNumber: expect.any(String) as unknown },
    });
    const again = places.subscribe(only('reshard'), 'reshard');
    await kinesis.put('reshard', ...people(61, 61));
    expect(numbers(rowsOf(await again.until((found) => found.length === 1)))).toEqual([61]);
    await again.end();
  });

  it('lets the children of a shard be read by other subscribers, once it is through', async () => {
    await kinesis.createStream('shared');
    await kinesis.put('shared', ...people(1, 20));
    await kinesis.split('shared', 'shardId-000000000000');
    await kinesis.put('shared', ...people(21, 40));
    const places = new Places();
    const [even, odd] = [0, 1].map((index) => places.subscribe(only('shared'), 'shared', index, 2));
    const order: string[] = [];
    const note = (pages: Page[]): void => void order.push(...rowsOf(pages).map(({ shard }) => String(shard)));
    const read = (subscribed: typeof even, enough: (shards: Set<unknown>) => boolean): Promise<void> =>
      subscribed?.until((rows) => enough(new Set(rows.map(({ shard }) => shard)))).then(note) ?? Promise.resolve();
    await Promise.all([
      read(even, (shards) => shards.has('shardId-000000000002')),
      read(odd, (shards) => shards.has('shardId-000000000001')),
    ]);
    await Promise.all([even?.end(), odd?.end()]);
    expect([...new Set(order)].sort()).toEqual(range(0, 2).map((n) => `shardId-00000000000${n}`));
    expect(Object.keys(places.lanes)).toHaveLength(3);
  });

  it('begins new shards of a stream that was begun at its latest at their first record', async () => {
    await kinesis.createStream('grown');
    const places = new Places();
    const config = only('grown', { start: 'LATEST' });
    const subscribed = places.subscribe(config, 'grown');
    await subscribed.until((_, pages) => pages.length === 1);
    await kinesis.put('grown', ...people(1, 1));
    await kinesis.split('grown', 'shardId-000000000000');
    await kinesis.put('grown', ...people(2, 9));
    expect(sorted(rowsOf(await subscribed.until((rows) => rows.length === 9)))).toEqual(range(1, 9));
    await subscribed.end();
  });
});

describe('faults', () => {
  it('of an iterator that expires before anything came leave nothing out', async () => {
    await kinesis.createStream('expired');
    const subscribed = new Places().subscribe(only('expired', { start: 'LATEST' }), 'expired');
    await subscribed.until((_, pages) => pages.length === 1);
    await kinesis.put('expired', ...people(1, 3));
    const faults: Fault[] = [{ status: 400, name: 'ExpiredIteratorException' }];
    kinesis.script = ({ operation }) => (operation === 'GetRecords' ? faults.shift() : undefined);
    expect(numbers(rowsOf(await subscribed.until((rows) => rows.length === 3)))).toEqual([1, 2, 3]);
    await subscribed.end();
  });

  it('of throttling and expired iterators lose and repeat nothing', async () => {
    await kinesis.createStream('throttled', 2);
    await kinesis.put('throttled', ...people(1, 30));
    const faults: Record<string, Fault[]> = {
      GetShardIterator: [{ status: 400, name: 'ProvisionedThroughputExceededException' }],
      GetRecords: [
        { status: 400, name: 'ExpiredIteratorException' },
        { status: 400, name: 'ProvisionedThroughputExceededException' },
        { status: 500, name: 'InternalFailure' },
        'lost',
      ],
      ListShards: [{ status: 400, name: 'LimitExceededException' }],
    };
    kinesis.script = ({ operation }) => faults[operation]?.shift();
    const subscribed = new Places().subscribe(only('throttled'), 'throttled');
    const pages = await subscribed.until((rows) => rows.length === 30);
    await subscribed.end();
    expect(sorted(rowsOf(pages))).toEqual(range(1, 30));
    expect(Object.values(faults).flat()).toEqual([]);
  });

  it('of permission end the subscription', async () => {
    kinesis.script = ({ operation }) =>
      operation === 'GetRecords' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    const subscribed = new Places().subscribe(only('contract'), 'contract');
    await expect(subscribed.until(() => false)).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('of the signature tell nothing that was signed', async () => {
    kinesis.script = () => ({
      status: 403,
      name: 'InvalidSignatureException',
      message: 'canonical: token-of-the-session',
    });
    const ctx = testContext(configSpec(KinesisConfig).parse(only('contract')));
    const told: unknown = await connector.check(ctx).catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 'authentication_failed' });
    expect(JSON.stringify(told) + String(told)).not.toContain('token-of-the-session');
  });
});
