import type { Condition, Json, Row } from '@millrace/sdk';

/** What can be measured: a person's orders, their lines, events. */
export const rowSources = ['orders', 'orderLines', 'events'] as const;
export type RowSource = (typeof rowSources)[number];

/** What figures about people are of. */
export type Source = RowSource | 'consents';

export const calculations = ['count', 'sum', 'average', 'min', 'max', 'first', 'last', 'mostFrequent'] as const;
export type Calculation = (typeof calculations)[number];

/** A figure about a person, as data. */
export interface Measure {
  from: RowSource;
  /** `sum`, `average`, `min`, `max`: of numbers. `first`, `last`: of the oldest and the newest row that has the field. */
  calculate: Calculation;
  /** What is calculated, in all but `count`: `total`, `lines[*].product`, `properties.plan`. A list counts with each of its values. */
  field?: string;
  /** Only rows that pass. */
  where?: Condition;
  /** Only rows of so long before now: `90d`. */
  within?: string;
}

/** The permission on a channel for a purpose: `granted`, `denied`, or nothing known. */
export interface ConsentMeasure {
  channel: string;
  purpose: string;
}

/** An order, a line, an event or a consent of a person. */
export interface MeasuredRow {
  id: string;
  /** Milliseconds since 1970; absent: nobody knows. */
  at?: number;
  row: Row;
}

/** Takes a person's rows in any order. */
export interface Tally {
  add(row: MeasuredRow): void;
  /** Null: there is nothing to tell. */
  value(): Json;
  /** From when on the value may be another one by time alone (milliseconds since 1970; Infinity: never). */
  changesAt(): number;
}

/** A measure that was checked. */
export interface CompiledMeasure {
  /** Names it on a profile: equal measures have equal keys, and a changed one has another. */
  key: string;
  source: Source;
  /** As it was written; absent: it is of consents. */
  measure?: Measure;
  /** Of a consent: what is asked about. */
  consent?: ConsentMeasure;
  /** As in a sentence. */
  words: string;
  /** Milliseconds. */
  within?: number;
  /** Its value where there are no rows. */
  empty: Json;
  /** `now`: milliseconds since 1970. */
  tally(now: number): Tally;
}
