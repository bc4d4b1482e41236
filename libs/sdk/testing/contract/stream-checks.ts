import {
  pageFault,
  type Json,
  type Page,
  type PlanContext,
  type ReadContext,
  type Slice,
  type Stream,
} from '../../index.ts';
import { openSlice, planContext, slicesOf } from '../read-all.ts';
import { checkAbort } from './abort-check.ts';
import { earlierRun } from './earlier-run.ts';
import { fault, succeed, within } from './fault.ts';
import type { ContractCheck, StreamOptions } from './options.ts';
import { checkCursor, checkKeys, checkPage, checkReuse, checkSchema } from './page-checks.ts';
import { patience } from './patience.ts';
import { standsStill } from './stands-still.ts';
import type { Workbench } from './workbench.ts';

/** Restarts tried in a slice; beyond it they are spread evenly. */
const maxRestarts = 60;

const standstill =
  'the same page comes again and again, with the same `resume`. Let read() go on behind its last row, and end where there is no more.';

interface Reading {
  what: string;
  stream: Stream;
  options: StreamOptions;
  /** Milliseconds that a slice may take. */
  readWithin: number;
  plan: PlanContext;
  slices: { slice: Slice<Json>; read: ReadContext; pages: Page[] }[];
}

type HowToRead = Pick<Reading, 'what' | 'stream' | 'readWithin'>;

/** What is read: pages, records, going on after each page, ending when told. */
export function streamChecks(bench: Workbench): ContractCheck[] {
  return [
    { name: 'reads plain records, each once', run: () => eachReading(bench, checkPages) },
    {
      name: 'reads records that fit their schema',
      run: () => eachReading(bench, ({ what, stream, slices }) => checkSchema(what, stream, pagesOf(slices))),
    },
    { name: 'reads the same twice', run: () => eachReading(bench, checkRepeat) },
    { name: 'goes on after every page, losing and repeating nothing', run: () => eachReading(bench, checkRestarts) },
    {
      name: 'reads on where an earlier run ended, losing nothing',
      run: () => eachReading(bench, checkLaterRun, ({ cursor }) => cursor !== undefined),
    },
    { name: 'stops reading when aborted', run: () => eachReading(bench, (reading) => checkAborts(bench, reading)) },
  ];
}

/** Reads each finite stream whole, then checks what was read. */
async function eachReading(
  bench: Workbench,
  check: (reading: Reading) => void | Promise<void>,
  concerns: (stream: Stream) => boolean = () => true,
): Promise<number> {
  const { readWithin = patience.read } = bench.options;
  return bench.use('reading', async (ctx) => {
    let count = 0;
    for (const [name, stream, options] of await bench.streams(ctx)) {
      if (!stream.read || !concerns(stream)) continue;
      const what = `Stream "${name}"`;
      const plan = planContext(stream, ctx, { name, until: new Date().toISOString(), ...options });
      const slices = await readSlices({ what, stream, readWithin }, plan);
      bench.watch.see(`the pages of ${what}`, pagesOf(slices));
      await check({ what, stream, options, readWithin, plan, slices });
      count++;
    }
    return count;
  });
}

async function readSlices(how: HowToRead, plan: PlanContext): Promise<Reading['slices']> {
  const planned = await succeed(`${how.what}: plan()`, () => slicesOf(how.stream, plan));
  const slices: Reading['slices'] = [];
  for (const slice of planned) {
    const read = { ...plan, slice };
    slices.push({ slice, read, pages: await readSlice(how, read) });
  }
  return slices;
}

/** Reads a slice to its end, which has to come in time: a read that goes on for ever is aborted. */
async function readSlice({ what, stream, readWithin }: HowToRead, read: ReadContext): Promise<Page[]> {
  const stop = new AbortController();
  const pages: Page[] = [];
  const reading = succeed(`${what}: reading`, async () => {
    for await (const page of openSlice(stream, { ...read, signal: stop.signal })) {
      if (stop.signal.aborted) break;
      pages.push(page);
      if (pageFault(page) || standsStill(pages)) break;
    }
  });
  const seconds = readWithin / 1000;
  const late = `${what}: reading has not ended after ${seconds} s. Let read() end behind the last row; what never ends has subscribe().`;
  try {
    await within(readWithin, reading, late);
  } finally {
    stop.abort();
  }
  const why = pages.length > 0 ? pageFault(pages.at(-1)) : undefined;
  if (why) throw fault(`${what} yields something that ${why}.`);
  if (standsStill(pages)) throw fault(`${what}: ${standstill}`);
  return pages;
}

function pagesOf(slices: Reading['slices']): Page[] {
  return slices.flatMap(({ pages }) => pages);
}

function checkPages({ what, stream, options, slices }: Reading): void {
  const ids = new Set(slices.map(({ slice }) => slice.id));
  if (ids.size !== slices.length) throw fault(`${what} plans two slices with one id. Give each its own.`);
  for (const page of pagesOf(slices)) checkPage(what, stream, page);
  checkReuse(what, pagesOf(slices));
  checkKeys(what, stream, pagesOf(slices));
  checkCursor(what, stream, pagesOf(slices));
  const isEmpty = pagesOf(slices).every((page) => page.records.length + (page.rejects?.length ?? 0) === 0);
  if (isEmpty && !options.empty) {
    throw fault(`${what} reads nothing, so nothing is tested. Give it data, or say streams: { …: { empty: true } }.`);
  }
}

async function checkRepeat(reading: Reading): Promise<void> {
  const { what, slices } = reading;
  for (const { slice, read, pages } of slices) {
    const again = await readSlice(reading, read);
    const difference = differenceOf(contentOf(pages), contentOf(again));
    if (difference) throw fault(`${what}, slice "${slice.id}": reading it again gives other rows: ${difference}.`);
  }
}

async function checkRestarts(reading: Reading): Promise<void> {
  const { what, options, slices } = reading;
  if (!options.onePage && !options.empty && slices.every(({ pages }) => pages.length < 2)) {
    throw fault(
      `${what} yields one page only, so going on is not tested. Use smaller pages, or say streams: { …: { onePage: true } }.`,
    );
  }
  for (const { slice, read, pages } of slices) {
    const step = Math.max(1, Math.ceil(pages.length / maxRestarts));
    for (let index = 0; index < pages.length; index += step) {
      const resume = pages[index]?.resume;
      if (resume === undefined) continue; // after a crash here the slice starts again
      const rest = await readSlice(reading, { ...read, resume: JSON.parse(JSON.stringify(resume)) as Json });
      const difference = differenceOf(contentOf(pages.slice(index + 1)), contentOf(rest));
      if (difference) {
        throw fault(`${what}, slice "${slice.id}": going on after page ${index + 1} of ${pages.length} ${difference}.`);
      }
    }
  }
}

/** Begins where a run would have ended that had seen half of the records, those that share its last cursor value among what it had not. */
async function checkLaterRun(reading: Reading): Promise<void> {
  const { what, stream, plan, slices } = reading;
  const { state, rest } = earlierRun(stream, plan.state, slices);
  const later = await readSlices(
    { ...reading, what: `${what}, beginning at ${JSON.stringify(state)}` },
    { ...plan, state },
  );
  const missing = without(
    rest.map((record) => JSON.stringify(record)),
    contentOf(pagesOf(later)),
  );
  if (missing[0] === undefined) return;
  throw fault(
    `${what}: a run that begins at ${JSON.stringify(state)} loses ${missing.length} of ${rest.length} rows that changed then or later, first ${missing[0].slice(0, 120)}. Ask for what has changed since \`ctx.state\`, its cursor value included: others that share it may come. Where the other side leaves out the value itself, give the stream a \`lookback\`.`,
  );
}

async function checkAborts(bench: Workbench, { what, stream, slices }: Reading): Promise<void> {
  const longest = slices.toSorted((a, b) => b.pages.length - a.pages.length)[0];
  if (!longest) return;
  const { abortWithin = patience.abort } = bench.options;
  for (const after of [0, 1]) {
    const open = (signal: AbortSignal) => openSlice(stream, { ...longest.read, signal });
    await checkAbort(what, open, { after, pages: longest.pages.length, milliseconds: abortWithin });
  }
}

/** Records and rejects in their order, each as text; where page boundaries fall does not matter. */
function contentOf(pages: Page[]): string[] {
  return [
    ...pages.flatMap((page) => page.records.map((record) => JSON.stringify(record))),
    ...pages.flatMap((page) => (page.deletes ?? []).map((key) => `deleted ${JSON.stringify(key)}`)),
    ...pages.flatMap((page) => (page.rejects ?? []).map((reject) => `rejected ${JSON.stringify(reject)}`)),
  ];
}

function differenceOf(expected: string[], found: string[]): string | undefined {
  const missing = without(expected, found);
  const added = without(found, expected);
  if (missing[0]) return `loses ${missing.length} of ${expected.length} rows, first ${missing[0].slice(0, 120)}`;
  if (added[0]) return `repeats or adds ${added.length} rows, first ${added[0].slice(0, 120)}`;
  if (expected.length !== found.length) return `gives ${found.length} rows instead of ${expected.length}`;
  return expected.every((row, index) => row === found[index]) ? undefined : 'gives the rows in another order';
}

function without(rows: string[], others: string[]): string[] {
  const known = new Set(others);
  return rows.filter((row) => !known.has(row));
}
