import { describe, expect, it } from '@jest/globals';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import { partitionerOf } from './partitions.ts';

const metadata = (count: number): PartitionMetadata[] =>
  Array.from({ length: count }, (_, partitionId) => ({
    ...{ partitionErrorCode: 0, partitionId, leader: 1, replicas: [1], isr: [1] },
  }));
const partitioner = (count: number) => partitionerOf('t', metadata(count), kafkajs.Partitioners.DefaultPartitioner);
const message = (key: string | null, more: object = {}) => ({
  ...{ topic: 't', key: key === null ? null : Buffer.from(key), value: null },
  ...more,
});

/** Kafka's own table, UtilsTest.testMurmur2; the partition is (hash & 0x7fffffff) % partitions. */
const murmur2 = [
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
  ['abc', 479_470_107],
] as const;

describe('the partition of a message', () => {
  it.each(murmur2)('of the key "%s" is the one of Java clients', (key, hash) => {
    for (const count of [1, 2, 3, 7, 12, 100]) {
      expect(partitioner(count)(message(key))).toBe((hash & 0x7fffffff) % count);
    }
  });

  it('is the one that it names, if there is one', () => {
    expect(partitioner(3)(message('foobar', { partition: 2 }))).toBe(2);
    expect(partitioner(3)(message('foobar', { partition: 3 }))).toBeUndefined();
  });

  it('is one for all messages without a key', () => {
    const choose = partitioner(50);
    expect(new Set(Array.from({ length: 20 }, () => choose(message(null)))).size).toBe(1);
  });
});
