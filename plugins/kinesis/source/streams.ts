import { stream, type ConnectorContext, type Stream } from '@millrace/sdk';
import { kinesisError, withClient } from '../client/index.ts';
import type { KinesisConfig } from '../config.ts';
import { followStream, lagsOf, pageArrived } from './follow-stream.ts';

const namesARequest = 1_000;

/** The configured streams, else all of the account in that region. */
export async function kinesisStreams(
  ctx: ConnectorContext<KinesisConfig>,
): Promise<Record<string, Stream<KinesisConfig>>> {
  const { streams: configured = [] } = ctx.config;
  const names = configured.length > 0 ? configured : await listedStreams(ctx);
  return Object.fromEntries(names.map((name) => [name, kinesisStream(name)]));
}

function kinesisStream(name: string): Stream<KinesisConfig> {
  return stream({
    title: name,
    description: 'Records as they arrive: `data` as the producer wrote it, and where it stood.',
    key: 'id',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string', examples: ['shardId-000000000000/4959…'] },
        shard: { type: 'string' },
        sequenceNumber: { type: 'string' },
        subSequenceNumber: { type: 'integer' },
        partitionKey: { type: 'string' },
        arrivedAt: { type: 'string', format: 'date-time' },
        data: {},
      },
      required: ['id', 'shard', 'sequenceNumber', 'partitionKey', 'arrivedAt', 'data'],
    },
    subscribe: (ctx) => followStream(ctx, name),
    // Kinesis keeps no places of its consumers: those of the sync are all there is.
    commit: async (ctx, shard) => pageArrived(ctx, shard),
    lag: async (ctx) => lagsOf(ctx),
  });
}

async function listedStreams(ctx: ConnectorContext<KinesisConfig>): Promise<string[]> {
  const { ListStreamsCommand } = await import('@aws-sdk/client-kinesis');
  return withClient(ctx, async (client) => {
    const names: string[] = [];
    for (let more = true; more;) {
      const from = { Limit: namesARequest, ExclusiveStartStreamName: names.at(-1) };
      const { StreamNames = [], HasMoreStreams = false } = await client
        .send(new ListStreamsCommand(from), { abortSignal: ctx.signal })
        .catch((error: unknown) => {
          throw kinesisError(error, 'Listing the streams');
        });
      names.push(...StreamNames);
      more = HasMoreStreams && StreamNames.length > 0;
    }
    return names;
  });
}
