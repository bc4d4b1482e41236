import type { PushRow } from '@millrace/sdk';
import { contentHash } from '#platform';

interface Facts {
  hash?: string;
  id?: string;
  isStranger?: boolean;
}

/** What is found out of rows on their way to one object, once. */
export class RowFacts {
  readonly #facts = new WeakMap<PushRow, Facts>();

  of(row: PushRow): Facts {
    const known = this.#facts.get(row);
    if (known) return known;
    const facts: Facts = { hash: undefined, id: undefined, isStranger: undefined };
    this.#facts.set(row, facts);
    return facts;
  }

  /** Of the row's content. */
  hashOf(row: PushRow): string {
    return (this.of(row).hash ??= contentHash(row.record));
  }
}
