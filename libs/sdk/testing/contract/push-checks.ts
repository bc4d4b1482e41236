import {
  compilePath,
  compileSchema,
  fieldList,
  outcomeFault,
  type DestinationObject,
  type Outcome,
  type Peek,
  type PushContext,
  type PushRow,
  type Row,
} from '../../index.ts';
import type { TestContext } from '../context/test-context.ts';
import { batchNamed } from './batch-named.ts';
import { countRequests } from './count-requests.ts';
import { fault, succeed } from './fault.ts';
import { resolveLazy } from './lazy.ts';
import type { ContractCheck, ObjectOptions } from './options.ts';
import { patience } from './patience.ts';
import { settled } from './settled.ts';
import type { Workbench } from './workbench.ts';

interface Pushing {
  bench: Workbench;
  what: string;
  object: DestinationObject;
  rows: PushRow[];
  ctx: PushContext;
}

/** What is written: an outcome for each row, and repeats that change nothing where that is promised. */
export function pushChecks(bench: Workbench): ContractCheck[] {
  const first = new Map<string, Outcome[]>();
  const pushFirst = async (pushing: Pushing): Promise<Outcome[]> => {
    const outcomes = first.get(pushing.what) ?? (await push(pushing, pushing.rows));
    first.set(pushing.what, outcomes);
    return outcomes;
  };
  return [
    { name: 'has test rows that fit its objects', run: () => eachObject(bench, checkRows) },
    { name: 'takes an empty batch', run: () => eachObject(bench, checkEmpty) },
    {
      name: 'tells what a push would do, and writes nothing for it',
      run: () => eachObject(bench, checkPeek, (object) => !!object.peek),
    },
    {
      name: 'gives one outcome a row',
      run: () => eachObject(bench, async (pushing) => void (await pushFirst(pushing))),
    },
    {
      name: 'takes the same batch again with the same outcomes',
      run: () => eachObject(bench, async (pushing) => checkRepeat(pushing, await pushFirst(pushing))),
    },
  ];
}

async function eachObject(
  bench: Workbench,
  check: (pushing: Pushing) => void | Promise<void>,
  concerns: (object: DestinationObject) => boolean = () => true,
): Promise<number> {
  return bench.use('pushing', async (ctx) => {
    const objects = (await bench.objects(ctx)).filter(([, object]) => concerns(object));
    for (const [name, object] of objects) {
      const what = `Object "${name}"`;
      const options = bench.options.objects?.[name];
      if (!options) {
        const advice = `objects: { ${name}: { rows: […] } } (or false to leave it out)`;
        throw fault(`${what}: give the kit rows for it: ${advice}.`);
      }
      const rows = rowsOf(object, options, await resolveLazy(options.rows));
      await check({ bench, what, object, rows, ctx: pushContext(object, options, ctx) });
    }
    return objects.length;
  });
}

function rowsOf(object: DestinationObject, options: ObjectOptions, records: Row[]): PushRow[] {
  const key = fieldList(object.key).map((field) => compilePath(field));
  const at = new Date().toISOString();
  const upserts = records.map((record, seq): PushRow => {
    const values = key.map((read) => read(record));
    return { op: 'upsert', record, key: values.length > 0 ? JSON.stringify(values) : `row-${seq}`, at, seq };
  });
  const removals = upserts.map((row): PushRow => ({ ...row, op: 'delete', seq: row.seq + records.length }));
  return options.deletes ? [...upserts, ...removals] : upserts;
}

async function push({ bench, what, object, ctx }: Pushing, rows: PushRow[]): Promise<Outcome[]> {
  const { context, wasRead } = batchNamed(`the-batch-of-${rows.length}-rows`, ctx);
  const { result: outcomes, requests } = await countRequests(ctx.http, () =>
    succeed(`${what}: push() of ${rows.length} rows`, () => object.push(context, rows)),
  );
  const isNamed = wasRead();
  await succeed(`${what}: finish()`, () => object.finish?.(context));
  bench.watch.see(`the outcomes of ${what}`, outcomes);
  requireOneEach(outcomes, `${what}: push()`, 'outcomes', rows.length, 'rows');
  for (const outcome of outcomes) checkOutcome(what, object, outcome);
  if (object.idempotency === 'key' && requests > 0 && !isNamed)
    throw fault(
      `${what}: its idempotency is "key", but no request has the batch's id, by which the other side would know a batch again. Send ctx.batchId.`,
    );
  const { pollWithin: milliseconds = patience.poll } = bench.options;
  const asked = (tokens: string[]): Promise<Outcome[]> => poll({ bench, what, object, ctx }, tokens);
  return settled(what, outcomes, { poll: asked, milliseconds });
}

async function poll({ bench, what, object, ctx }: Omit<Pushing, 'rows'>, tokens: string[]): Promise<Outcome[]> {
  const outcomes = await succeed(`${what}: poll() of ${tokens.length} tokens`, () => object.poll?.(ctx, tokens) ?? []);
  bench.watch.see(`the polled outcomes of ${what}`, outcomes);
  requireOneEach(outcomes, `${what}: poll()`, 'outcomes', tokens.length, 'tokens');
  for (const outcome of outcomes) checkOutcome(what, object, outcome);
  return outcomes;
}

async function peek({ bench, what, object, ctx, rows }: Pushing): Promise<Peek[]> {
  const peeks = await succeed(`${what}: peek() of ${rows.length} rows`, () => object.peek?.(ctx, rows) ?? []);
  bench.watch.see(`the peeks of ${what}`, peeks);
  requireOneEach(peeks, `${what}: peek()`, 'answers', rows.length, 'rows');
  for (const answer of peeks) checkOutcome(what, object, answer?.outcome);
  return peeks;
}

function requireOneEach(given: unknown, who: string, answers: string, count: number, asked: string): void {
  if (Array.isArray(given) && given.length === count) return;
  const found = Array.isArray(given) ? `${given.length} ${answers}` : `no list of ${answers}`;
  throw fault(`${who} gives ${found} for ${count} ${asked}. Give one for each, in their order.`);
}

function pushContext(object: DestinationObject, options: ObjectOptions, ctx: TestContext): PushContext {
  const mode = options.mode ?? object.modes[0] ?? 'upsert';
  return { ...ctx, batchId: 'batch', mode, from: { connection: 'con_test', stream: 'test' }, run: 'run_test' };
}

function checkOutcome(what: string, object: DestinationObject, outcome: Outcome | undefined): void {
  const why = outcomeFault(outcome);
  if (why) throw fault(`${what}: what it answers for a row ${why}. Give each row an outcome: ok(), rejected(…), …`);
  if (outcome?.status === 'pending' && !object.poll)
    throw fault(`${what} gives pending outcomes, but has no poll(). Add it.`);
}

function checkRows({ what, object, rows }: Pushing): void {
  if (rows.length === 0) throw fault(`${what}: the kit was given no rows, so nothing is tested. Give it some.`);
  if (!object.schema) return;
  const validate = compileSchema(object.schema);
  for (const { record } of rows) {
    const [first] = validate(record);
    if (first) throw fault(`${what}: a test row does not fit its schema: ${first.path} ${first.message}.`);
  }
}

/** A peek that wrote something answers otherwise when it is asked again. */
async function checkPeek(pushing: Pushing): Promise<void> {
  const { what } = pushing;
  const [first, second] = [await peek(pushing), await peek(pushing)];
  const changed = first.findIndex((before, index) => JSON.stringify(before) !== JSON.stringify(second[index]));
  if (changed >= 0)
    throw fault(`${what}: peek() answers row ${changed + 1} otherwise when it is asked again: it must write nothing.`);
}

async function checkEmpty(pushing: Pushing): Promise<void> {
  await push(pushing, []);
}

async function checkRepeat(pushing: Pushing, first: Outcome[]): Promise<void> {
  const { what, object, rows } = pushing;
  if (object.idempotency === 'none') return;
  const second = await push(pushing, rows);
  for (const [index, outcome] of second.entries()) {
    const [before, after] = [kindOf(first[index]), kindOf(outcome)];
    if (before !== after) {
      throw fault(
        `${what}: row ${index + 1} was ${before} at first and ${after} when the same batch came again, but its idempotency is "${object.idempotency}".`,
      );
    }
  }
}

/** Outcomes that leave the destination in the same state are of one kind. */
function kindOf(outcome: Outcome | undefined): string {
  const status = outcome?.status ?? 'missing';
  return status === 'ok' || status === 'unchanged' || status === 'superseded' ? 'taken' : status;
}
