import type { Page, PushRow } from '@millrace/sdk';
import type { OpenRun } from '../engine/opening/open-run.ts';
import { changeOf } from './change-of.ts';
import type { DryRow } from './dry-run.dto.ts';

/** A row, and what would be pushed of it: one to each output, or nothing. */
export interface Candidate {
  row: DryRow;
  pushed: (PushRow | null)[];
}

/** Maps a page as a run would; `seq` is the place of its first row. */
export async function candidatesOf({ mapper, outputs }: OpenRun, page: Page, seq: number): Promise<Candidate[]> {
  const { mapped, refused } = await mapper.map(page, seq);
  const pushedOf = new Map(mapped.map(({ index, rows }) => [index, rows]));
  const records = page.records.map((source, index): Candidate => {
    const base = { source, position: page.positions?.[index] };
    const pushed = pushedOf.get(index);
    if (pushed) {
      const records = outputs.map(({ object }, i): [string, unknown] => [object, pushed[i]?.record]);
      return { row: { ...base, fate: 'mapped', outputs: Object.fromEntries(records) }, pushed };
    }
    const refusal = refused.find((candidate) => candidate.index === index);
    const row: DryRow = refusal
      ? { ...base, source: refusal.raw, fate: 'rejected', code: refusal.code, message: refusal.message }
      : { ...base, fate: mapper.passes(source) ? 'superseded' : 'filtered' };
    return { row, pushed: [] };
  });
  const deleted = (page.deletes ?? []).map((key, i): Candidate => ({
    row: { source: key, fate: 'deleted' },
    pushed: pushedOf.get(page.records.length + i) ?? [],
  }));
  const readable = records.length + deleted.length;
  const unreadable = refused
    .filter(({ index }) => index >= readable)
    .map(({ raw, position, code, message }): Candidate => ({
      row: { source: raw, position, fate: 'rejected', code, message },
      pushed: [],
    }));
  return [...records, ...deleted, ...unreadable];
}

/**
 * Tells each row as a difference to what is there today, or where the object cannot look, to what it has acknowledged. What an object would
 * reject is rejected.
 */
export async function addChanges({ pushers, memories, outputs }: OpenRun, candidates: Candidate[]): Promise<void> {
  for (const [output, pusher] of pushers.entries()) {
    const going = candidates.filter(({ pushed, row }) => pushed[output] && row.fate !== 'rejected');
    const rows = going.flatMap(({ pushed }) => pushed[output] ?? []);
    const peeks = await pusher.peek(rows);
    const remembered = peeks ? undefined : await memories[output]?.compare(rows);
    going.forEach(({ row }, i) => {
      const peek = peeks?.[i];
      const object = outputs[output]?.object ?? '';
      row.changes = { ...row.changes, [object]: changeOf(peek, remembered?.[i]) };
      if (peek?.outcome.status !== 'rejected') return;
      Object.assign(row, { fate: 'rejected', code: peek.outcome.code, message: peek.outcome.message });
    });
  }
}
