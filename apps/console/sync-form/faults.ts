import type { RuleRow } from './rule-rows.ts';

/** Where in the form something is wrong. */
export type Place =
  | 'name'
  | 'source'
  | 'stream'
  | 'destination'
  | 'object'
  | 'mapping'
  | 'read'
  | 'mode'
  | 'schedule'
  | 'labels'
  | 'delivery'
  | 'drift'
  | 'filter'
  | 'key'
  | 'cursor'
  | 'consumers';

export interface Fault {
  /** Absent: in the whole. */
  place?: Place;
  /** The row of a mapping that it is about, as it was then: one that has been changed since is not marked any more. */
  row?: RowPlace;
  message: string;
}

export interface RowPlace extends RuleRow {
  object: string;
}

/** What is told at a place. */
export function faultsAt(faults: readonly Fault[], place: Place | undefined): string[] {
  return faults.filter((fault) => fault.place === place && !fault.row).map(({ message }) => message);
}

export function faultsOfRow(faults: readonly Fault[], object: string, { target, rule }: RuleRow): string[] {
  const isThis = ({ row }: Fault) => row?.object === object && row.target === target && row.rule === rule;
  return faults.filter(isThis).map(({ message }) => message);
}
