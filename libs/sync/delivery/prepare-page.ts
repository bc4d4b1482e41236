import type { PushRow, WriteMode } from '@millrace/sdk';
import { unreadIn } from '../engine/push/page-writer.ts';
import type { MappedPage, MappedRow } from '../engine/rows/row-mapper.ts';
import type { KnownRow, RowPlace } from '../known-rows/known-row.schema.ts';
import type { RowMemory } from '../known-rows/row-memory.ts';
import { emptyAccount, type Account } from '../runs/ledger.ts';
import type { BatchRow } from './batch.schema.ts';
import type { ReadPage } from './delivery.ts';
import { deletionsIn, keyOf } from './page-deletions.ts';
import { toldPlaces } from './told-places.ts';

export interface PreparedPage {
  /** What has to be sent. */
  rows: BatchRow[];
  /** Rows that the destination has already just as they are. */
  unchanged: number;
  /** Rows of records that the page tells to be deleted later. */
  superseded: number;
  /** Keys of records that are gone, or that the destination has just as they are: what was refused of them before is outdated. */
  settled: string[];
}

/** What of a page has to be sent. What is only appended is sent although it was deleted later. */
export async function preparePage(
  page: ReadPage,
  mappedPage: MappedPage,
  memories: RowMemory[],
  mode: WriteMode,
): Promise<PreparedPage> {
  const all = mappedPage.mapped;
  const { outdated, remade, gone: settled } = deletionsIn(mode === 'delete' ? { records: [] } : page, mappedPage);
  const appends = mode === 'insert';
  const mapped = appends || outdated.size === 0 ? all : all.filter((row) => !outdated.has(row));
  const places = page.places && toldPlaces(mapped.map(({ index, rows }) => ({ place: page.places?.[index], rows })));
  const toSend = await Promise.all(
    memories.map((memory, output) =>
      selectChanged(memory, rowsFor(output, mapped), {
        appended: appends ? rowsFor(output, [...outdated]) : [],
        remadeAs: (key) => remade.get(key)?.rows[output],
        places,
      }),
    ),
  );
  const removedBefore: BatchRow[] = [];
  const batchRows: BatchRow[] = [];
  const more: BatchRow[] = [];
  let unchanged = 0;
  const same = new Set<string>();
  const refusedAt = lastPlaces(mappedPage.refused);
  for (const { index, rows } of mapped) {
    const raw = page.records[index] ?? page.deletes?.[index - page.records.length];
    const sent = rows.map((row, output) => (row && toSend[output]?.get(row)) ?? []);
    if (sent.every((list) => list.length === 0)) {
      unchanged++;
      const key = keyOf({ rows });
      if (key !== undefined && index < page.records.length && index > (refusedAt.get(key) ?? -1)) same.add(key);
      continue;
    }
    if (appends) same.delete(keyOf({ rows }) ?? ''); // as it became it is sent, and may be refused yet
    const position = page.positions?.[index];
    const place = page.places?.[index];
    const isBefore = index >= page.records.length && rows.some((row) => row && remade.has(row.key));
    (isBefore ? removedBefore : batchRows).push({
      raw,
      ...(position !== undefined && { position }),
      ...(place && { place }),
      rows: sent.map(([first]) => first ?? null),
    });
    sent.forEach((list, output) => {
      for (const row of list.slice(1))
        more.push({ ...removalRow(raw, row, output, memories.length), ...(place && { place }) });
    });
  }
  for (const key of same) settled.add(key);
  const removed = await goneRows(page, memories);
  for (const { rows } of removed) for (const row of rows) if (row) settled.add(row.key);
  const superseded = all.length - mapped.length;
  return { rows: [...removedBefore, ...batchRows, ...more, ...removed], unchanged, superseded, settled: [...settled] };
}

/** By key, where in the page a record was refused last. */
function lastPlaces(refused: MappedPage['refused']): Map<string, number> {
  const places = new Map<string, number>();
  for (const { key, index } of refused)
    if (key !== undefined) places.set(key, Math.max(index, places.get(key) ?? index));
  return places;
}

/** What is known of a page's rows before any is sent. */
export function pageAccount(page: MappedPage, prepared: Pick<PreparedPage, 'unchanged' | 'superseded'>): Account {
  const { read, filtered, refused } = page;
  const { unchanged } = prepared;
  const superseded = page.superseded + prepared.superseded;
  const account = emptyAccount();
  Object.assign(account.ledger, { read, filtered, superseded, rejected: refused.length, unchanged });
  const unread = unreadIn(refused);
  if (unread > 0) account.effects.unread = unread;
  return account;
}

/** By row of the page, what is to be sent for it. */
async function selectChanged(
  memory: RowMemory,
  rows: PushRow[],
  {
    appended,
    remadeAs,
    places,
  }: {
    appended: PushRow[];
    remadeAs: (key: string) => PushRow | null | undefined;
    places?: ReadonlyMap<PushRow, RowPlace>;
  },
): Promise<Map<PushRow, PushRow[]>> {
  const reported = rows.filter((row) => memory.isReportedDeletion(row));
  const others = rows.filter((row) => !memory.isReportedDeletion(row));
  const same = await memory.unchanged(others);
  if (places) await memory.confirmed([...same], places);
  const named = await memory.named(reported, appended);
  // What is there again under its former name is not removed, so that it may be unchanged.
  for (const [row, list] of named) {
    const again = remadeAs(row.key);
    if (!again) continue;
    const elsewhere = list.filter((one) => memory.idOf(one) !== memory.idOf(again));
    named.set(row, elsewhere);
  }
  for (const row of others) if (!same.has(row)) named.set(row, [row]);
  return named;
}

function rowsFor(output: number, mapped: MappedRow[]): PushRow[] {
  return mapped.flatMap(({ rows }) => rows[output] ?? []);
}

/** What a mirror is to remove, as long as the destination still has it. */
async function goneRows({ gone }: ReadPage, memories: RowMemory[]): Promise<BatchRow[]> {
  const memory = gone && memories[gone.output];
  if (!memory) return [];
  const rows = deletionsOf(await memory.stillKnown(gone.rows));
  return rows.map((row) => removalRow(row.record, row, gone.output, memories.length));
}

export function deletionsOf(rows: KnownRow[]): PushRow[] {
  const at = new Date().toISOString();
  return rows.map(({ key, name }, seq) => ({ op: 'delete', record: name, key, at, undated: true, seq }));
}

function removalRow(raw: unknown, row: PushRow, output: number, outputs: number): BatchRow {
  const rows = Array.from({ length: outputs }, (_, i) => (i === output ? row : null));
  return { raw, rows, removal: true };
}
