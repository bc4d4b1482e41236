import type { JsonType } from './json-type.ts';

/** new: no row had it before; type: it holds what it never held; gone: no row of a full read has it any more. */
export type DriftChange = 'new' | 'type' | 'gone';

/** A change of a source's fields that a run met. */
export interface FieldDrift {
  /** The field's path, as mappings write it: `name.first`, `lines[*].price`. */
  field: string;
  change: DriftChange;
  /** What it holds now; empty: only null so far, or nothing. */
  types: JsonType[];
  /** What it held before the run; absent where it is new. */
  before?: JsonType[];
  /** Where it was met first: a row's position, where the source tells one. */
  example?: string;
  /** What reads it: targets of the mapping, the key, the cursor, the filter. */
  readBy?: string[];
  /** Nothing of it is written before an operator has approved it. */
  waits?: true;
}

/** Further ones are made known, but not listed. */
export const maxDrift = 200;
