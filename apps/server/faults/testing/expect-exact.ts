import { expect } from '@jest/globals';
import type { EndState } from './end-state.ts';
import type { FaultyReceiver } from './faulty-receiver.ts';
import type { Ended, Installation } from './installation.ts';
import type { SyncName } from './syncs.ts';

/** What an undisturbed run of some syncs came to. */
export interface Calm {
  state: EndState;
  runs: Ended[];
}

export async function undisturbed(mill: Installation, ...syncs: SyncName[]): Promise<Calm> {
  await mill.clean(...syncs);
  const runs = await mill.run(...syncs);
  expect(runs.map(({ state }) => state)).toEqual(syncs.map(() => 'succeeded'));
  return { runs, state: await mill.endState() };
}

/** The runs succeeded with the ledgers of undisturbed ones and left the same behind. */
export async function expectExact(mill: Installation, ended: Ended[], calm: Calm): Promise<void> {
  const told = (runs: Ended[]) => runs.map(({ state, reason, ledger }) => ({ state, reason, ledger }));
  expect(told(ended)).toEqual(told(calm.runs));
  expect(await mill.endState()).toEqual(calm.state);
}

/** All rows arrived; those that came more than once are told as unknown. */
export function expectAtLeastOnce(receiver: FaultyReceiver, rows: unknown[], run: Ended | undefined): void {
  const { missing, repeats } = arrivals(receiver, 'least', rows);
  expect(missing).toEqual([]);
  expect(repeats).toBeLessThanOrEqual(run?.effects.unknown ?? 0);
}

/** No row came more than once; those that did not come are told as unknown. */
export function expectAtMostOnce(receiver: FaultyReceiver, rows: unknown[], run: Ended | undefined): void {
  const { missing, repeats } = arrivals(receiver, 'most', rows);
  expect(repeats).toBe(0);
  expect(missing.length).toBeLessThanOrEqual(run?.effects.unknown ?? 0);
}

function arrivals(receiver: FaultyReceiver, to: string, rows: unknown[]): { missing: unknown[]; repeats: number } {
  const taken = receiver.taken(to).map(({ record }) => record.id);
  const distinct = new Set(taken);
  const wanted = rows.map((row) => (row as { id: unknown }).id);
  return { missing: wanted.filter((id) => !distinct.has(id)), repeats: taken.length - distinct.size };
}
