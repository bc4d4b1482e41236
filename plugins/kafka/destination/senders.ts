import type { ConnectorContext, HttpClient } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { Sender } from './sender.ts';

/** Milliseconds after which a producer that sends nothing is closed. */
const idleMs = 10_000;

interface Kept {
  sender: Sender;
  timer: NodeJS.Timeout;
}

const kept = new WeakMap<HttpClient, Kept>();

/** The sender of an open connection: made with the first batch, closed after the last one of a run, or a while without any. */
export function senderOf(ctx: ConnectorContext<KafkaConfig>): Sender {
  const { http, log } = ctx;
  const known = kept.get(http);
  if (known) {
    known.timer.refresh();
    return known.sender;
  }
  const sender = new Sender(ctx);
  const close = (): void =>
    void releaseSender(ctx).catch((error: unknown) => log.debug({ error }, 'the producer did not close properly'));
  const timer = setTimeout(() => (sender.isBusy ? timer.refresh() : close()), idleMs).unref();
  ctx.signal.addEventListener('abort', close, { once: true });
  kept.set(http, { sender, timer });
  return sender;
}

export async function releaseSender({ http }: ConnectorContext<KafkaConfig>): Promise<void> {
  const known = kept.get(http);
  if (!known) return;
  kept.delete(http);
  clearTimeout(known.timer);
  await known.sender.close();
}
