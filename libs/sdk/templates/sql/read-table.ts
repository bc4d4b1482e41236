import type { Page, ReadContext } from '../../connector/index.ts';
import type { Row } from '../../json.ts';
import type { SqlSession, SqlText } from './dialect.ts';
import { PageRows } from './page-rows.ts';
import type { Selection } from './selection.ts';
import { keysetPage, orderOf, printedBesides, withoutKey, type Part } from './statements.ts';

/**
 * Where reading goes on. `values` are those of the last row in the columns of the order, `cursor` the greatest cursor value so far;
 * all as the database prints them.
 */
type Resume = { part: Part; values: SqlText[]; cursor?: string } | { part: 'end'; cursor: string };

interface Reading extends Pick<ReadContext, 'signal'> {
  session: SqlSession;
  selection: Selection;
  size: PageRows;
  record: (row: SqlText[]) => Row;
}

/** Reads a selection: first what cannot be paged, then the keyset pages. */
export async function* readTable(
  session: SqlSession,
  selection: Selection,
  { resume, signal }: Pick<ReadContext, 'resume' | 'signal'>,
): AsyncGenerator<Page> {
  const reading = { session, selection, signal, size: new PageRows(), record: recordMaker(selection) };
  const { key, nulls } = selection;
  const at = resume as Resume | undefined;
  if (at?.part === 'end') return;
  const parts: Part[] = nulls ? ['nulls', 'rows'] : ['rows'];
  const someLackTheKey = key.length === 0 || key.some(({ nullable }) => nullable);
  if (!at && someLackTheKey) for (const part of parts) yield* readWithoutKey(reading, part);
  if (key.length === 0) return;
  for (const part of at ? parts.slice(parts.indexOf(at.part)) : parts) {
    yield* readPages(reading, part, at?.part === part ? at.values : undefined);
  }
}

async function* readPages(
  { session, selection, signal, size, record }: Reading,
  part: Part,
  start: SqlText[] | undefined,
): AsyncGenerator<Page> {
  const valuesOf = picker(selection, part);
  for (let after = start, more = true; more;) {
    signal.throwIfAborted();
    const limit = size.next;
    const { sql, parameters } = keysetPage(selection, part, after, limit);
    const rows = await session.rows(sql, parameters);
    size.saw(rows);
    more = rows.length === limit;
    const last = rows.at(-1);
    if (!last) return;
    after = valuesOf(last);
    const cursor = selection.cursor && part === 'rows' ? after[0] : undefined;
    const resume: Resume = { part, values: after, ...(typeof cursor === 'string' && { cursor }) };
    yield { records: rows.map(record), resume };
  }
}

/** One pass over one snapshot: a page of it cannot be found again, so there is nothing to resume at until it is over. */
async function* readWithoutKey(
  { session, selection, signal, size, record }: Reading,
  part: Part,
): AsyncGenerator<Page> {
  const { sql, parameters } = withoutKey(selection, part);
  let greatest: SqlText | undefined;
  for await (const rows of session.batches(sql, parameters, () => size.next)) {
    signal.throwIfAborted();
    size.saw(rows);
    const last = rows.at(-1);
    if (selection.cursor && part === 'rows' && last) greatest = picker({ ...selection, key: [] }, part)(last)[0];
    yield { records: rows.map(record) };
  }
  if (selection.key.length > 0 || typeof greatest !== 'string') return;
  const resume: Resume = { part: 'end', cursor: greatest };
  yield { records: [], resume };
}

/** Takes the values of the order's columns out of a row. */
function picker(selection: Selection, part: Part): (row: SqlText[]) => SqlText[] {
  const { columns } = selection.table;
  const order = orderOf(selection, part);
  const besides = printedBesides(selection, order);
  const places = order.map((column) =>
    besides.includes(column) ? columns.length + besides.indexOf(column) : columns.indexOf(column),
  );
  return (row) => places.map((place) => row[place] ?? null);
}

function recordMaker({ table, dialect }: Selection): (row: SqlText[]) => Row {
  const columns = table.columns.map(({ name, type }) => ({ name, value: dialect.value(type) }));
  return (row) =>
    Object.fromEntries(
      columns.map(({ name, value }, index) => {
        const text = row[index] ?? null;
        return [name, text === null ? null : value(text)];
      }),
    );
}
