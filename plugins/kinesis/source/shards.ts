import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { kinesisError, streamIdentity } from '../client/index.ts';

export interface Shard {
  id: string;
  /** The one or two shards that it was made of. */
  parents: string[];
  /** It takes no more records. */
  closed: boolean;
}

/** All shards whose records are still kept, closed ones included. */
export async function listShards(client: KinesisClient, stream: string, signal: AbortSignal): Promise<Shard[]> {
  const { ListShardsCommand } = await import('@aws-sdk/client-kinesis');
  const found: Shard[] = [];
  let from: object = streamIdentity(stream);
  for (;;) {
    const { Shards: shards = [], NextToken } = await client
      .send(new ListShardsCommand(from), { abortSignal: signal })
      .catch((error: unknown) => {
        throw kinesisError(error, `Listing the shards of "${stream}"`);
      });
    found.push(
      ...shards.map(({ ShardId: id = '', ParentShardId, AdjacentParentShardId, SequenceNumberRange }) => ({
        id,
        parents: [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined),
        closed: SequenceNumberRange?.EndingSequenceNumber !== undefined,
      })),
    );
    if (NextToken === undefined) return found;
    from = { NextToken };
  }
}
