import type { Admin } from 'kafkajs';
import type { ConnectorContext } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { openClient } from './open-client.ts';
import { untilStopped } from './until-stopped.ts';

/** Asks the cluster something over a connection of its own, until the signal aborts: a broker may accept the connection and never answer. */
export async function withAdmin<T>(ctx: ConnectorContext<KafkaConfig>, ask: (admin: Admin) => Promise<T>): Promise<T> {
  ctx.signal.throwIfAborted();
  const client = await openClient(ctx);
  const admin = client.kafka.admin();
  const done = new AbortController();
  const asked = admin.connect().then(() => ask(admin));
  try {
    return await Promise.race([asked, aborted(ctx.signal, done.signal)]);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw client.error(error);
  } finally {
    done.abort();
    const tell = (error: unknown): void => ctx.log.debug({ error }, 'the connection had ended already');
    await untilStopped(admin.disconnect(), tell);
    client.close();
  }
}

function aborted(signal: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true, signal: done });
  });
}
