import { fieldList, MillraceError, messageOf, type Page, type Stream } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import type { ContractCheck } from './options.ts';
import { checkLag } from './lag-check.ts';
import { checkPage, checkSchema } from './page-checks.ts';
import { patience } from './patience.ts';
import { lanesAfter, Subscriber } from './subscriber.ts';
import type { Workbench } from './workbench.ts';

/** Restarts tried; beyond it they are spread evenly. */
const maxRestarts = 20;

interface Subscription {
  what: string;
  stream: Stream;
  subscriber: Subscriber;
  pages: Page[];
}

/** Endless streams: pages with a lane and a resume, going on behind each of them, ending when told. */
export function subscriptionChecks(bench: Workbench): ContractCheck[] {
  return [
    {
      name: 'subscribes, and ends when aborted',
      run: () => eachSubscription(bench, checkPages),
    },
    {
      name: 'goes on behind every page of an endless stream, losing and repeating nothing of any lane',
      run: () => eachSubscription(bench, checkRestarts),
    },
    {
      name: 'commits what is durable, and takes no harm from a commit after a lane was revoked',
      run: () => eachSubscription(bench, checkCommits, (stream) => !!stream.commit),
    },
    {
      name: 'tells how far an endless stream is behind, where it tells that',
      run: () => eachSubscription(bench, checkLags, (stream) => !!stream.lag),
    },
  ];
}

async function eachSubscription(
  bench: Workbench,
  check: (subscription: Subscription) => void | Promise<void>,
  concerns: (stream: Stream) => boolean = () => true,
): Promise<number> {
  const { abortWithin = patience.abort } = bench.options;
  return bench.use('subscribing', async (ctx) => {
    let count = 0;
    for (const [name, stream, options] of await bench.streams(ctx)) {
      if (!stream.subscribe || options.empty || !concerns(stream)) continue;
      const what = `Stream "${name}"`;
      const settings = { name, key: fieldList(stream.key), cursor: stream.cursor };
      const subscriber = new Subscriber({ what, stream, settings, ctx, abortWithin });
      const pages = await subscriber.take(options.records ?? 1);
      bench.watch.see(`the pages of ${what}`, pages);
      await check({ what, stream, subscriber, pages });
      count++;
    }
    return count;
  });
}

function checkPages({ what, stream, pages }: Subscription): void {
  for (const page of pages) {
    checkPage(what, stream, page);
    if (!page.lane || page.resume === undefined) {
      throw fault(
        `${what} yields a page without lane or resume. An endless stream needs both to go on after a restart.`,
      );
    }
  }
  checkSchema(what, stream, pages);
}

async function checkRestarts({ what, subscriber, pages }: Subscription): Promise<void> {
  const step = Math.max(1, Math.ceil(pages.length / maxRestarts));
  for (let count = 1; count < pages.length; count += step) {
    const rest = pages.slice(count);
    const again = await subscriber.take(recordsOf(rest), lanesAfter(pages.slice(0, count)));
    checkGoesOn(`${what}, going on after page ${count} of ${pages.length}`, rowsByLane(rest), again);
  }
}

/** The first page is committed, its lane revoked, and the page committed once more: as by a worker that is too slow. */
async function checkCommits({ what, stream, subscriber, pages }: Subscription): Promise<void> {
  const commit = stream.commit?.bind(stream);
  const revoke = stream.revoke?.bind(stream);
  if (!commit) return;
  const done = await subscriber.take(1, {}, async (ctx, [first]) => {
    const { lane = '', resume = null } = first ?? {};
    await succeed(`${what}: commit()`, () => commit(ctx, lane, resume));
    if (!revoke) return;
    await succeed(`${what}: revoke()`, () => revoke(ctx, lane));
    await commit(ctx, lane, resume).catch((thrown: unknown) => {
      if (thrown instanceof MillraceError && thrown.code === 'lane_lost') return;
      const advice = 'Ignore it, or throw a MillraceError `lane_lost`.';
      throw fault(`${what}: commit() after revoke() failed: ${messageOf(thrown)}. ${advice}`, thrown);
    });
  });
  const rest = restAfter(pages, done);
  const count = [...rest.values()].reduce((sum, rows) => sum + rows.length, 0);
  if (count === 0) return;
  const again = await subscriber.take(count, lanesAfter(done));
  checkGoesOn(`${what}, going on after a commit`, rest, again);
}

async function checkLags({ what, stream, subscriber, pages }: Subscription): Promise<void> {
  await subscriber.take(recordsOf(pages), {}, (ctx, taken, next) => checkLag(what, stream, ctx, taken, next));
}

/** What each lane has left. Lanes are independent: another time another lane may come first. */
function restAfter(pages: Page[], done: Page[]): Map<string, string[]> {
  const taken = rowsByLane(done);
  return new Map([...rowsByLane(pages)].map(([lane, rows]) => [lane, rows.slice(taken.get(lane)?.length ?? 0)]));
}

/** Per lane the same records in the same order; where page boundaries fall, and how lanes mix, does not matter. */
function checkGoesOn(what: string, rest: Map<string, string[]>, again: Page[]): void {
  const found = rowsByLane(again);
  for (const [lane, expected] of rest) {
    const rows = found.get(lane) ?? [];
    const at = expected.findIndex((row, index) => rows[index] !== row);
    if (at < 0) continue;
    const wanted = expected[at]?.slice(0, 120);
    const got = rows[at]?.slice(0, 120) ?? 'nothing';
    throw fault(
      `${what}: lane "${lane}" should give ${wanted} and gives ${got}. Begin behind the \`resume\` of \`lanes\`.`,
    );
  }
  const added = [...found].find(([lane, rows]) => rows.length > 0 && !rest.get(lane)?.length);
  if (added)
    throw fault(
      `${what}: lane "${added[0]}" repeats ${added[1][0]?.slice(0, 120)}. Begin behind the \`resume\` of \`lanes\`.`,
    );
}

function rowsByLane(pages: Page[]): Map<string, string[]> {
  const lanes = new Map<string, string[]>();
  for (const { lane = '', records } of pages) {
    lanes.set(lane, [...(lanes.get(lane) ?? []), ...records.map((record) => JSON.stringify(record))]);
  }
  return lanes;
}

function recordsOf(pages: Page[]): number {
  return pages.reduce((sum, { records }) => sum + records.length, 0);
}
