import { foldParts, type Folded, type PriorityOf } from './fold.ts';
import { nameOf } from './name-of.ts';
import type { Part } from './part.ts';

export interface Derived extends Folded {
  /** Lower-case name, for searching; absent where there is none. */
  name?: string;
}

/** What is kept beside a profile's parts, so that queries find it; and the traits that it came from. */
export function derived(parts: readonly Part[], priorityOf: PriorityOf): Derived {
  const { traits, ids } = foldParts(parts, priorityOf);
  return { traits, ids, ...nameOf(traits) };
}
