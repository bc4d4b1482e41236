import type { PushRow } from '@millrace/sdk';
import { canonicalJson, hashText } from '#platform';

interface Facts {
  hash?: string;
  bytes?: number;
  id?: string;
  isStranger?: boolean;
}

/** What is found out of rows on their way to one object, once. */
export class RowFacts {
  readonly #facts = new WeakMap<PushRow, Facts>();

  of(row: PushRow): Facts {
    const known = this.#facts.get(row);
    if (known) return known;
    const facts: Facts = { hash: undefined, bytes: undefined, id: undefined, isStranger: undefined };
    this.#facts.set(row, facts);
    return facts;
  }

  /** Of the row's content. */
  hashOf(row: PushRow): string {
    const facts = this.of(row);
    if (facts.hash !== undefined) return facts.hash;
    const text = canonicalJson(row.record);
    facts.bytes = Buffer.byteLength(text);
    return (facts.hash = hashText(text));
  }

  /** Bytes of the content as JSON. */
  bytesOf(row: PushRow): number {
    return (this.of(row).bytes ??= jsonBytes(row));
  }
}

/** Bytes of a row's content as JSON. */
export function jsonBytes({ record }: PushRow): number {
  return Buffer.byteLength(JSON.stringify(record));
}
