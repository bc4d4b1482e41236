import type { Admin } from 'kafkajs';
import type { ConnectorContext } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { openClient } from './open-client.ts';

/** Asks the cluster something over a connection of its own. */
export async function withAdmin<T>(ctx: ConnectorContext<KafkaConfig>, ask: (admin: Admin) => Promise<T>): Promise<T> {
  ctx.signal.throwIfAborted();
  const client = await openClient(ctx);
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    return await ask(admin);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw client.error(error);
  } finally {
    await admin.disconnect().catch((error: unknown) => ctx.log.debug({ error }, 'the connection had ended already'));
    client.close();
  }
}
