import type { Client } from 'pg';
import type { ConnectorContext } from '@millrace/sdk';
import type { PostgresConfig } from '../config.ts';

const cancelRequest = 80_877_102; // https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS

/** What the server told when the client connected. */
interface BackendKey {
  processID: number | null;
  secretKey: number | null;
}

/** Asks the server to stop what the client runs: it would not notice a closed connection before it has rows to send. */
export function cancelQuery(ctx: ConnectorContext<PostgresConfig>, client: Client): void {
  const { processID, secretKey } = client as Client & BackendKey;
  if (processID === null || secretKey === null) return;
  const message = Buffer.alloc(16);
  [16, cancelRequest, processID, secretKey].forEach((word, index) => message.writeInt32BE(word, index * 4));
  const { host, port } = ctx.config;
  const socket = ctx.connect({ host, port });
  socket.once('error', (error) => ctx.log.debug({ error }, 'the query could not be cancelled'));
  socket.end(message);
}
