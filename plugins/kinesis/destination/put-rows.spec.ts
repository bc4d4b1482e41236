import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { configSpec, type Outcome, type Row } from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import { startKinesis, type Kinesis } from '#tools/kinesis';
import { KinesisConfig } from '../config.ts';
import { recordObject } from './record-object.ts';

let kinesis: Kinesis;
let streams = 0;
beforeAll(async () => void (kinesis = await startKinesis()));
afterAll(() => kinesis.stop());
afterEach(() => void (kinesis.script = () => undefined));

function push(records: Row[], more: object = {}): Promise<Outcome[]> {
  const config = configSpec(KinesisConfig).parse({ ...kinesis.config, ...more });
  const rows = records.map((record, seq) => ({
    op: 'upsert' as const,
    record,
    key: `k${seq}`,
    at: '2026-01-01T00:00:00.000Z',
    seq,
  }));
  const from = { connection: 'con_1', stream: 's' };
  return recordObject(config).push({ ...testContext(config), batchId: 'b', mode: 'insert', from, run: 'r' }, rows);
}

async function newStream(): Promise<string> {
  const name = `out-${++streams}`;
  await kinesis.createStream(name);
  return name;
}

async function textsIn(stream: string): Promise<string[]> {
  const { ShardIterator } = await kinesis.client.send(
    new GetShardIteratorCommand({
      StreamName: stream,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await kinesis.client.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ PartitionKey, Data }) => `${PartitionKey}: ${Buffer.from(Data ?? []).toString()}`);
}
const statuses = (outcomes: Outcome[]): string[] => outcomes.map(({ status }) => status);

describe('putting records', () => {
  it('writes data as JSON, texts as they are, to the only stream or to the one that the row names', async () => {
    const [a, b] = [await newStream(), await newStream()];
    await push([{ partitionKey: 17, data: { n: 1 } }], { streams: [a] });
    const rows = [
      { stream: b, partitionKey: 'x', data: 'as it is' },
      { stream: a, partitionKey: 'y', data: [1] },
      { stream: b, partitionKey: 'x', data: null, explicitHashKey: '0' },
    ];
    expect(statuses(await push(rows))).toEqual(['ok', 'ok', 'ok']);
    expect(await textsIn(a)).toEqual(['17: {"n":1}', 'y: [1]']);
    expect(await textsIn(b)).toEqual(['x: as it is', 'x: null']);
  });

  it('refuses rows that Kinesis would refuse the whole request for, and puts the others', async () => {
    const stream = await newStream();
    const rows = [
      { partitionKey: 'a', data: 1 },
      { partitionKey: '', data: 1 },
      { partitionKey: 'x'.repeat(257), data: 1 },
      { partitionKey: 'a' },
      { partitionKey: 'a', data: 'x'.repeat(1_048_576) },
      { partitionKey: 'a', data: 1, explicitHashKey: String(2n ** 128n) },
      { partitionKey: 'b', data: 2 },
    ];
    const outcomes = await push(rows, { streams: [stream] });
    expect(outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.status))).toEqual([
      'ok',
      'invalid_row',
      'invalid_row',
      'invalid_row',
      'row_too_large',
      'invalid_row',
      'ok',
    ]);
    expect(await textsIn(stream)).toEqual(['a: 1', 'b: 2']);
  });

  it('puts off what was throttled, and tells what is not known as such', async () => {
    const stream = await newStream();
    const row = { stream, partitionKey: 'a', data: 1 };
    kinesis.script = () => ({ status: 400, name: 'ProvisionedThroughputExceededException' });
    expect(await push([row])).toMatchObject([{ status: 'retry', after: 1_000 }]);
    kinesis.script = () => 'lost';
    expect(statuses(await push([row]))).toEqual(['unknown']);
    expect(await textsIn(stream)).toEqual(['a: 1']); // put once: nothing was repeated behind our back
  });

  it('tells rows apart of which Kinesis took one and not the other', async () => {
    kinesis.script = ({ operation }) =>
      operation === 'PutRecords'
        ? {
            status: 200,
            body: {
              FailedRecordCount: 2,
              Records: [
                { SequenceNumber: '1', ShardId: 'shardId-000000000000' },
                { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded' },
                { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal service failure.' },
              ],
            },
          }
        : undefined;
    const rows = ['a', 'b', 'c'].map((partitionKey) => ({ stream: 'any', partitionKey, data: 1 }));
    expect(statuses(await push(rows))).toEqual(['ok', 'retry', 'retry']);
  });

  it('throws where nothing can have arrived, but not once something has', async () => {
    const stream = await newStream();
    await expect(push([{ stream: 'nowhere', partitionKey: 'a', data: 1 }])).rejects.toMatchObject({
      code: 'stream_not_found',
    });
    await expect(
      push([{ stream, partitionKey: 'a', data: 1 }], { endpoint: 'http://127.0.0.1:1' }),
    ).rejects.toMatchObject({ code: 'unreachable' });
    const both = [stream, 'nowhere'].map((name) => ({ stream: name, partitionKey: 'a', data: 1 }));
    expect(statuses(await push(both))).toEqual(['ok', 'retry']);
  });
});
