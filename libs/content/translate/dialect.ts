import type { Condition, Value } from './expression.ts';
import type { Fields } from './fields.ts';

/** Where a value is shown. */
export interface Shown {
  /** The tag escapes for HTML. */
  escaped: boolean;
  /** The part is HTML. */
  html: boolean;
  /** Lists that are gone through around it. */
  loops: number;
}

/** Where a block stands. */
export interface Around {
  loops: number;
  /** Conditions around it. */
  conditions: number;
}

/** How a vendor writes what a template says. Methods throw Untranslatable for what it has no words for. */
export interface Dialect {
  fields: Fields;
  /** What is not as it is in Millrace, as sentences: in any case, and by what was said so far. */
  lost: Iterable<string>;
  /** It has `[[…]]` of data feeds itself. */
  feedTags?: true;
  /** Text that the vendor would take for its own syntax. */
  syntax: RegExp;
  show(value: Value, shown: Shown): string;
  choose(condition: Condition, then: string, otherwise: string, around: Around): string;
  /** @param loop of the entries, counts from 1 */
  each(list: Value, loop: number, body: string, otherwise: string): string;
}
