import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, type LaneLag, type Page, type Stream, type SubscribeContext } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import { patience } from './patience.ts';

const pause = 50;

/** What `lag` tells is well-formed, and comes to no records once each page is committed. */
export async function checkLag(
  what: string,
  stream: Stream,
  ctx: SubscribeContext,
  pages: Page[],
  next: () => Promise<Page>,
): Promise<void> {
  const lag = stream.lag?.bind(stream);
  if (!lag) return;
  const commit = async ({ lane = '', resume = null }: Page): Promise<void> => stream.commit?.(ctx, lane, resume);
  for (const page of [...pages]) await commit(page);
  let failure: unknown;
  // Pages without records may follow; the subscription's end ends this.
  const following = async (): Promise<void> => {
    while (!ctx.signal.aborted) await commit(await next());
  };
  following().catch((error: unknown) => (failure = error));
  const until = Date.now() + patience.lag;
  for (;;) {
    const lanes = await succeed(`${what}: lag()`, () => lag(ctx));
    for (const [lane, told] of Object.entries(lanes ?? {})) checkLane(`${what}: lag() of lane "${lane}"`, told);
    const waiting = Object.entries(lanes ?? {}).find(([, { records = 0 }]) => records > 0);
    if (lanes && !waiting) return;
    if (failure) throw fault(`${what} fails while it is followed: ${messageOf(failure)}`, failure);
    if (Date.now() > until) throw fault(lateText(what, waiting));
    await delay(pause);
  }
}

function lateText(what: string, waiting: [string, LaneLag] | undefined): string {
  if (!waiting) return `${what}: lag() does not tell the lag in ${patience.lag} ms. Tell it once the lanes are known.`;
  const [lane, { records }] = waiting;
  return `${what}: lag() tells ${records} records of lane "${lane}" though all were committed. Count from what was committed.`;
}

function checkLane(what: string, lag: LaneLag): void {
  const { records = 0, seconds = 0 } = lag;
  const fits = Number.isInteger(records) && Number.isFinite(seconds) && records >= 0 && seconds >= 0;
  if (fits) return;
  throw fault(
    `${what} is ${JSON.stringify(lag)}. \`records\` is a whole number and \`seconds\` a number, neither below 0.`,
  );
}
