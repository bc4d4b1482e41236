import { MillraceError, messageOf, object, retry, type Outcome, type PushContext, type PushRow } from '@millrace/sdk';
import type { WebhookConfig } from './config.ts';
import { batchMessage, rowMessage } from './message.ts';
import { send } from './send.ts';

/** With a key, changes and removals can be sent too; without, every row is news. */
export function rowsObject(config: WebhookConfig) {
  return object<WebhookConfig>({
    title: 'Rows',
    key: config.key,
    modes: config.key && config.key.length > 0 ? ['upsert', 'mirror', 'insert', 'delete'] : ['insert'],
    idempotency: 'key',
    batch: { records: config.batchSize, bytes: 1_000_000 },
    async push(ctx, rows) {
      if (rows.length === 0) return [];
      if (ctx.config.format === 'single') return sendEach(ctx, rows);
      return sendBatch(ctx, ctx.batchId, rows);
    },
  });
}

/** A request for all; where the endpoint finds that too large, for each half, whose ids stay the same, too. */
async function sendBatch(ctx: PushContext<WebhookConfig>, id: string, rows: PushRow[]): Promise<Outcome[]> {
  const outcomes = await send(ctx, batchMessage(id, rows), rows.length);
  if (rows.length === 1 || !outcomes.every(isTooLarge)) return outcomes;
  const half = Math.ceil(rows.length / 2);
  const first = await sendBatch(ctx, `${id}-1`, rows.slice(0, half));
  const waiting = first.find(({ status }) => status === 'retry');
  const others = rows.slice(half);
  if (waiting) return [...first, ...others.map(() => waiting)];
  const second = await sendBatch(ctx, `${id}-2`, others).catch((error: unknown) => others.map(() => later(error)));
  return [...first, ...second];
}

function isTooLarge(outcome: Outcome): boolean {
  return outcome.status === 'rejected' && outcome.code === 'row_too_large';
}

/** A request a row, `concurrency` at a time; after the first one that has to wait, the others wait too. */
async function sendEach(ctx: PushContext<WebhookConfig>, rows: PushRow[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < rows.length; start += ctx.config.concurrency) {
    const group = rows.slice(start, start + ctx.config.concurrency);
    const sent = await Promise.allSettled(group.map((row) => send(ctx, rowMessage(ctx.run, row), 1)));
    const failed = sent.find((one) => one.status === 'rejected');
    if (failed && outcomes.length === 0 && sent.every((one) => one.status === 'rejected')) throw failed.reason;
    outcomes.push(...sent.flatMap((one) => (one.status === 'fulfilled' ? one.value : [later(one.reason)])));
    const waiting = outcomes.find((outcome) => outcome.status === 'retry');
    if (waiting) return [...outcomes, ...rows.slice(outcomes.length).map(() => waiting)];
  }
  return outcomes;
}

/** Some rows arrived, so nothing may be thrown: the next attempt meets the same error first. */
function later(reason: unknown): Outcome {
  return retry(reason instanceof MillraceError ? reason.retryAfter : undefined, messageOf(reason));
}
