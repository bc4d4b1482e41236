import { randomInt } from 'node:crypto';
import type { ICustomPartitioner, PartitionMetadata } from 'kafkajs';
import type { OutgoingMessage } from './encode.ts';

/** Which partition a message goes to; undefined: the topic does not have the one that the message names. */
export type Partitioner = (message: OutgoingMessage) => number | undefined;

/**
 * As Java's default partitioner: murmur2 of the key (the same key, the same partition, whichever client sends it). Messages without a key
 * of one batch go to one partition. Decided before a message is sent, since a repeat has to go where the first attempt went.
 */
export function partitionerOf(
  topic: string,
  partitionMetadata: PartitionMetadata[],
  byKey: ICustomPartitioner,
): Partitioner {
  const choose = byKey();
  const any = partitionMetadata[randomInt(partitionMetadata.length)]?.partitionId ?? 0;
  return ({ key, partition }) => {
    if (partition !== undefined) {
      return partitionMetadata.some(({ partitionId }) => partitionId === partition) ? partition : undefined;
    }
    return key ? choose({ topic, partitionMetadata, message: { key, value: null } }) : any;
  };
}
