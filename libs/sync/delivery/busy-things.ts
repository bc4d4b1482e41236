import type { PushRow } from '@millrace/sdk';
import type { RowMemory } from '../known-rows/row-memory.ts';
import type { BatchRow } from './batch.schema.ts';
import type { OpenBatch } from './open-batch.ts';

type Memories = readonly Pick<RowMemory, 'idOf'>[];

/** Things that batches are about which are not done yet: what comes later for one of them has to wait. */
export class BusyThings {
  readonly #latest = new Map<string, OpenBatch>();
  /** Batches that have to wait, and for which others. */
  readonly #behind = new Map<OpenBatch, Set<OpenBatch>>();

  constructor(private readonly memories: Memories) {}

  add(batch: OpenBatch): void {
    const formers = new Set<OpenBatch>();
    for (const thing of thingsOf(batch.rows, this.memories)) {
      const former = this.#latest.get(thing);
      if (former && former !== batch) formers.add(former);
      this.#latest.set(thing, batch);
    }
    if (formers.size > 0) this.#behind.set(batch, formers);
  }

  remove(batch: OpenBatch): void {
    for (const thing of thingsOf(batch.rows, this.memories))
      if (this.#latest.get(thing) === batch) this.#latest.delete(thing);
    for (const [later, formers] of this.#behind)
      if (formers.delete(batch) && formers.size === 0) this.#behind.delete(later);
  }

  /** An earlier batch is about the same, and not done yet. */
  mustWait(batch: OpenBatch): boolean {
    return this.#behind.has(batch);
  }

  has(rows: PushRow[], gone: { _id: string }[] = []): boolean {
    if (this.#latest.size === 0) return false;
    return (
      gone.some(({ _id }) => this.#latest.has(_id)) ||
      rows.some(
        (row) => this.#latest.has(row.key) || this.memories.some((memory) => this.#latest.has(memory.idOf(row))),
      )
    );
  }
}

/** What rows are about: as their source names it, since that is how it tells of a deletion, and as the destination does. */
export function* thingsOf(rows: BatchRow[], memories: Memories): Generator<string> {
  for (const { rows: of } of rows) {
    for (const [output, memory] of memories.entries()) {
      const row = of[output];
      if (!row) continue;
      yield row.key;
      yield memory.idOf(row);
    }
  }
}
