import { MillraceError, retry, type Outcome, type Peek, type PushContext, type PushRow } from '@millrace/sdk';
import { partPrefix, type PartSource } from '../folding/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { rejectedWith } from '../writer/index.ts';

/** Where a page's rows come from, and what holds while they are read. */
export async function partSource(
  { from, run }: Pick<PushContext, 'from' | 'run'>,
  settings: ProfileSettings,
): Promise<PartSource> {
  const { identities } = await settings.rules();
  return { connection: from.connection, prefix: partPrefix(from), run, rules: identities };
}

/**
 * Reads each row, gives those that can be read to `write`, and puts the outcomes back in the rows' order: a row that throws a
 * MillraceError is rejected with it, and harms no other.
 */
export async function pushRows<T>(
  rows: readonly PushRow[],
  read: (row: PushRow) => T,
  write: (items: T[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const outcomes = await readAndGive(rows, read, (outcome) => outcome, write);
  return outcomes.map((outcome) => outcome ?? retry());
}

/** Likewise, where nothing is written. */
export async function peekRows<T>(
  rows: readonly PushRow[],
  read: (row: PushRow) => T,
  peek: (items: T[]) => Promise<Peek[]>,
): Promise<Peek[]> {
  const peeks = await readAndGive(rows, read, (outcome): Peek => ({ outcome }), peek);
  return peeks.map((found) => found ?? { outcome: retry() });
}

async function readAndGive<T, R>(
  rows: readonly PushRow[],
  read: (row: PushRow) => T,
  refusal: (outcome: Outcome) => R,
  give: (items: T[]) => Promise<R[]>,
): Promise<(R | undefined)[]> {
  const results = new Array<R | undefined>(rows.length).fill(undefined);
  const items: T[] = [];
  const places: number[] = [];
  rows.forEach((row, index) => {
    try {
      items.push(read(row));
      places.push(index);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      results[index] = refusal(rejectedWith(error));
    }
  });
  const given = items.length > 0 ? await give(items) : [];
  places.forEach((index, i) => (results[index] = given[i]));
  return results;
}
