import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ConnectorContext } from '@millrace/sdk';
import type { KinesisConfig } from '../config.ts';
import { keysOf } from './credentials.ts';
import { guardedAgents } from './guarded-agents.ts';

const connectTimeout = 5_000;
const requestTimeout = 30_000;

/** A client over guarded sockets; whoever opens it destroys it. `attempts`: with 1, the caller repeats by itself. */
export async function openClient(ctx: ConnectorContext<KinesisConfig>, attempts = 3): Promise<KinesisClient> {
  const { config } = ctx;
  const credentials = keysOf(config);
  const [{ KinesisClient: Client }, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-kinesis'),
    import('@smithy/node-http-handler'),
  ]);
  return new Client({
    region: config.region,
    ...(config.endpoint && { endpoint: config.endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: attempts,
    requestHandler: new NodeHttpHandler({
      ...guardedAgents((target) => ctx.connect(target)),
      connectionTimeout: connectTimeout,
      requestTimeout,
      throwOnRequestTimeout: true,
    }),
  });
}

/** Opens a client for as long as `use` takes; what it throws is a MillraceError. */
export async function withClient<T>(
  ctx: ConnectorContext<KinesisConfig>,
  use: (client: KinesisClient) => Promise<T>,
  attempts?: number,
): Promise<T> {
  const client = await openClient(ctx, attempts);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
