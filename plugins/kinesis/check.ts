import { MillraceError, type ConnectorContext } from '@millrace/sdk';
import { kinesisError, streamIdentity, withClient } from './client/index.ts';
import type { KinesisConfig } from './config.ts';

/** Asks for each configured stream; without any, whether streams can be listed. */
export async function checkKinesis(ctx: ConnectorContext<KinesisConfig>): Promise<void> {
  const { config, signal } = ctx;
  if (config.start === 'AT_TIMESTAMP' && config.startAt === undefined) {
    throw new MillraceError('invalid_config', 'AT_TIMESTAMP needs the time to begin at. Enter it.');
  }
  const { DescribeStreamSummaryCommand, ListStreamsCommand } = await import('@aws-sdk/client-kinesis');
  await withClient(ctx, async (client) => {
    const { streams = [] } = config;
    try {
      if (streams.length === 0) await client.send(new ListStreamsCommand({ Limit: 1 }), { abortSignal: signal });
      for (const name of streams) {
        await client.send(new DescribeStreamSummaryCommand(streamIdentity(name)), { abortSignal: signal });
      }
    } catch (error) {
      throw kinesisError(error, `Asking Kinesis in ${config.region}`);
    }
  });
}
