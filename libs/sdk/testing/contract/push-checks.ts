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
import { fault, succeed } from './fault.ts';
import { resolveLazy } from './lazy.ts';
import type { ContractCheck, ObjectOptions } from './options.ts';
import type { Workbench } from './workbench.ts';

interface Pushing {
  what: string;
  object: DestinationObject;
  rows: PushRow[];
  push: (rows: PushRow[]) => Promise<Outcome[]>;
  /** Undefined: the object has no peek(). */
  peek?: () => Promise<Peek[]>;
}

/** What is written: an outcome for each row, and repeats that change nothing where that is promised. */
export function pushChecks(bench: Workbench): ContractCheck[] {
  const first = new Map<string, Outcome[]>();
  const pushFirst = async ({ what, rows, push }: Pushing): Promise<Outcome[]> => {
    const outcomes = first.get(what) ?? (await push(rows));
    first.set(what, outcomes);
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
      if (!options)
        throw fault(
          `${what}: give the kit rows for it: objects: { ${name}: { rows: […] } } (or false to leave it out).`,
        );
      const push = (rows: PushRow[]) => pushChecked(bench, what, object, options, ctx, rows);
      const rows = rowsOf(object, options, await resolveLazy(options.rows));
      const peek = object.peek && (() => peekChecked(bench, what, object, options, ctx, rows));
      await check({ what, object, rows, push, peek });
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

async function pushChecked(
  bench: Workbench,
  what: string,
  object: DestinationObject,
  options: ObjectOptions,
  ctx: TestContext,
  rows: PushRow[],
): Promise<Outcome[]> {
  const context = pushContext(object, options, ctx, rows);
  const outcomes = await succeed(`${what}: push() of ${rows.length} rows`, () => object.push(context, rows));
  await succeed(`${what}: finish()`, () => object.finish?.(context));
  bench.watch.see(`the outcomes of ${what}`, outcomes);
  if (!Array.isArray(outcomes) || outcomes.length !== rows.length) {
    const count = Array.isArray(outcomes) ? `${outcomes.length} outcomes` : 'no list of outcomes';
    throw fault(`${what}: push() gives ${count} for ${rows.length} rows. Give one for each, in their order.`);
  }
  for (const outcome of outcomes) checkOutcome(what, object, outcome);
  await pollChecked(bench, what, object, ctx, outcomes);
  return outcomes;
}

async function pollChecked(
  bench: Workbench,
  what: string,
  object: DestinationObject,
  ctx: TestContext,
  pushed: Outcome[],
): Promise<void> {
  const tokens = pushed.flatMap((outcome) => (outcome.status === 'pending' ? [outcome.token] : []));
  if (tokens.length === 0) return;
  const poll = () => object.poll?.({ ...ctx, run: 'run_test' }, tokens) ?? [];
  const outcomes = await succeed(`${what}: poll() of ${tokens.length} tokens`, poll);
  bench.watch.see(`the polled outcomes of ${what}`, outcomes);
  if (!Array.isArray(outcomes) || outcomes.length !== tokens.length) {
    const count = Array.isArray(outcomes) ? `${outcomes.length} outcomes` : 'no list of outcomes';
    throw fault(`${what}: poll() gives ${count} for ${tokens.length} tokens. Give one for each, in their order.`);
  }
  for (const outcome of outcomes) checkOutcome(what, object, outcome);
}

async function peekChecked(
  bench: Workbench,
  what: string,
  object: DestinationObject,
  options: ObjectOptions,
  ctx: TestContext,
  rows: PushRow[],
): Promise<Peek[]> {
  const context = pushContext(object, options, ctx, rows);
  const peeks = await succeed(`${what}: peek() of ${rows.length} rows`, () => object.peek?.(context, rows) ?? []);
  bench.watch.see(`the peeks of ${what}`, peeks);
  if (!Array.isArray(peeks) || peeks.length !== rows.length) {
    const count = Array.isArray(peeks) ? `${peeks.length} answers` : 'no list of answers';
    throw fault(`${what}: peek() gives ${count} for ${rows.length} rows. Give one for each, in their order.`);
  }
  for (const peek of peeks) checkOutcome(what, object, peek?.outcome);
  return peeks;
}

function pushContext(
  object: DestinationObject,
  options: ObjectOptions,
  ctx: TestContext,
  rows: PushRow[],
): PushContext {
  const mode = options.mode ?? object.modes[0] ?? 'upsert';
  const from = { connection: 'con_test', stream: 'test' };
  return { ...ctx, batchId: `batch-${rows.length}`, mode, from, run: 'run_test' };
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
async function checkPeek({ what, peek }: Pushing): Promise<void> {
  if (!peek) return;
  const [first, second] = [await peek(), await peek()];
  const changed = first.findIndex((before, index) => JSON.stringify(before) !== JSON.stringify(second[index]));
  if (changed >= 0)
    throw fault(`${what}: peek() answers row ${changed + 1} otherwise when it is asked again: it must write nothing.`);
}

async function checkEmpty({ push }: Pushing): Promise<void> {
  await push([]);
}

async function checkRepeat({ what, object, rows, push }: Pushing, first: Outcome[]): Promise<void> {
  if (object.idempotency === 'none') return;
  const second = await push(rows);
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
  return status === 'ok' || status === 'unchanged' || status === 'superseded' || status === 'pending'
    ? 'taken'
    : status;
}
