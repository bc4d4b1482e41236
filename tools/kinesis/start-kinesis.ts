import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as aws from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { gate, type Script } from './gate.ts';

const kinesalite = createRequire(import.meta.url)('kinesalite') as (options: object) => Server;

export interface PutRecord {
  key: string;
  data: string | Uint8Array;
}

export interface Kinesis {
  endpoint: string;
  /** What a connection to it needs; the keys are made up. */
  config: { region: string; endpoint: string; accessKeyId: string; secretAccessKey: string };
  /** Says what requests meet instead of an answer. */
  script: Script;
  client: aws.KinesisClient;
  createStream(name: string, shards?: number): Promise<void>;
  put(stream: string, ...records: PutRecord[]): Promise<void>;
  shards(stream: string): Promise<aws.Shard[]>;
  /** In two halves. */
  split(stream: string, shard: string): Promise<void>;
  merge(stream: string, shard: string, neighbour: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts kinesalite on free ports; everything is in memory. */
export async function startKinesis(): Promise<Kinesis> {
  const limits = { createStreamMs: 20, deleteStreamMs: 20, updateStreamMs: 20, shardLimit: 100 };
  const inner = kinesalite(limits).listen(0, '127.0.0.1');
  await once(inner, 'listening');
  const outer = gate((inner.address() as AddressInfo).port, () => kinesis.script).listen(0, '127.0.0.1');
  await once(outer, 'listening');
  const endpoint = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;
  const keys = { accessKeyId: 'AKIAMADEUPFORTESTS', secretAccessKey: 'made-up-secret-for-tests' };
  const client = new aws.KinesisClient({
    endpoint: `http://127.0.0.1:${(inner.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: keys,
    requestHandler: new NodeHttpHandler(),
  });

  const active = async (name: string): Promise<void> => {
    for (;;) {
      const { StreamDescriptionSummary } = await client.send(
        new aws.DescribeStreamSummaryCommand({ StreamName: name }),
      );
      if (StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return;
      await delay(10); // kinesalite tells nobody when it is through
    }
  };
  const shards = async (name: string): Promise<aws.Shard[]> =>
    (await client.send(new aws.ListShardsCommand({ StreamName: name }))).Shards ?? [];

  const kinesis: Kinesis = {
    endpoint,
    config: { region: 'eu-central-1', endpoint, ...keys },
    script: () => undefined,
    client,
    shards,
    async createStream(name, count = 1) {
      await client.send(new aws.CreateStreamCommand({ StreamName: name, ShardCount: count }));
      await active(name);
    },
    async put(name, ...records) {
      for (let from = 0; from < records.length; from += 500) {
        const Records = records.slice(from, from + 500).map(({ key, data }) => ({
          PartitionKey: key,
          Data: typeof data === 'string' ? Buffer.from(data) : data,
        }));
        await client.send(new aws.PutRecordsCommand({ StreamName: name, Records }));
      }
    },
    async split(name, shard) {
      const range = (await shards(name)).find(({ ShardId }) => ShardId === shard)?.HashKeyRange;
      const middle = (BigInt(range?.StartingHashKey ?? 0) + BigInt(range?.EndingHashKey ?? 0)) / 2n;
      const NewStartingHashKey = String(middle);
      await client.send(new aws.SplitShardCommand({ StreamName: name, ShardToSplit: shard, NewStartingHashKey }));
      await active(name);
    },
    async merge(name, shard, neighbour) {
      const both = { ShardToMerge: shard, AdjacentShardToMerge: neighbour };
      await client.send(new aws.MergeShardsCommand({ StreamName: name, ...both }));
      await active(name);
    },
    async stop() {
      client.destroy();
      await Promise.all(
        [inner, outer].map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
  return kinesis;
}
