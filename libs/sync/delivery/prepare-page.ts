import type { PushRow } from '@millrace/sdk';
import { unreadIn } from '../engine/page-writer.ts';
import type { MappedPage } from '../engine/row-mapper.ts';
import type { KnownRow } from '../known-rows/known-row.schema.ts';
import type { RowMemory } from '../known-rows/row-memory.ts';
import { emptyAccount, type Account } from '../runs/ledger.ts';
import type { BatchRow } from './batch.schema.ts';
import type { ReadPage } from './delivery.ts';

/** What of a page has to be sent, and how many of its rows the destination has already just as they are. */
export async function preparePage(
  page: ReadPage,
  { mapped }: MappedPage,
  memories: RowMemory[],
): Promise<{ rows: BatchRow[]; unchanged: number }> {
  const toSend = await Promise.all(
    memories.map((memory, output) =>
      selectChanged(
        memory,
        mapped.flatMap(({ rows }) => rows[output] ?? []),
      ),
    ),
  );
  const batchRows: BatchRow[] = [];
  const more: BatchRow[] = [];
  let unchanged = 0;
  for (const { index, rows } of mapped) {
    const raw = page.records[index] ?? page.deletes?.[index - page.records.length];
    const sent = rows.map((row, output) => (row && toSend[output]?.get(row)) ?? []);
    if (sent.every((list) => list.length === 0)) {
      unchanged++;
      continue;
    }
    const position = page.positions?.[index];
    batchRows.push({ raw, ...(position !== undefined && { position }), rows: sent.map(([first]) => first ?? null) });
    sent.forEach((list, output) => {
      for (const row of list.slice(1)) more.push(removalRow(raw, row, output, memories.length));
    });
  }
  return { rows: [...batchRows, ...more, ...(await goneRows(page, memories))], unchanged };
}

/** What is known of a page's rows before any is sent. */
export function pageAccount(page: MappedPage, unchanged: number): Account {
  const { read, filtered, superseded, refused } = page;
  const account = emptyAccount();
  Object.assign(account.ledger, { read, filtered, superseded, rejected: refused.length, unchanged });
  const unread = unreadIn(refused);
  if (unread > 0) account.effects.unread = unread;
  return account;
}

/** By row of the page, what is to be sent for it. */
async function selectChanged(memory: RowMemory, rows: PushRow[]): Promise<Map<PushRow, PushRow[]>> {
  const reported = rows.filter((row) => memory.isReportedDeletion(row));
  const others = rows.filter((row) => !memory.isReportedDeletion(row));
  const same = await memory.unchanged(others);
  const named = await memory.named(reported);
  for (const row of others) if (!same.has(row)) named.set(row, [row]);
  return named;
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
