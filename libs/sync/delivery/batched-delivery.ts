import { setTimeout as delay } from 'node:timers/promises';
import type { PushRow } from '@millrace/sdk';
import { newId } from '#platform';
import { patience } from '../engine/timing.ts';
import { unreadIn } from '../engine/page-writer.ts';
import { emptyAccount } from '../runs/ledger.ts';
import { accountOf } from './account-of.ts';
import type { Batch } from './batch.schema.ts';
import { BatchSender } from './batch-sender.ts';
import type { Batches } from './batches.ts';
import { commitBatch } from './commit-page.ts';
import { cutBatches } from './cut-batches.ts';
import type { ReadPage, SliceDelivery } from './delivery.ts';
import type { DeliveryOptions } from './direct-delivery.ts';
import { endedOrAborted } from './ended-or-aborted.ts';
import { openBatch, rowsOf, type OpenBatch } from './open-batch.ts';
import { preparePage } from './prepare-page.ts';

const atOnce = 4;
const mostOpen = 100;
const removedAtOnce = 20;

/** To other systems: rows are kept in batches before they are sent, and a batch is done when every row has its outcome. */
export class BatchedDelivery implements SliceDelivery {
  readonly #sender: BatchSender;
  readonly #onTheWay = new Set<Promise<void>>();
  readonly #waiting = new Map<OpenBatch, number>();
  /** Things that are on their way: what comes later for one of them has to wait. */
  readonly #busy = new Map<string, number>();
  /** Batches that are accounted for, and still kept. */
  #done: string[] = [];
  #failure?: { error: unknown };

  constructor(private readonly options: DeliveryOptions & { batches: Batches }) {
    this.#sender = new BatchSender(options.open.pushers, options.batches, options.held.signal);
  }

  async start(): Promise<void> {
    const { held, batches, open } = this.options;
    const left = await batches.ofSlice(held.slice._id, held.slice.batches ?? [], held.slice.epoch);
    for (const stored of left) {
      const batch = openBatch(stored, open.pushers.length);
      this.#mark(batch, 1);
      this.#waiting.set(batch, stored.notBefore?.getTime() ?? 0);
    }
  }

  async take(page: ReadPage): Promise<Date | undefined> {
    const { run, held, open, place, rejects, batches, written } = this.options;
    const seq = place.sequence();
    const mapped = await open.mapper.map(page, seq);
    const later = await this.#untilFree(
      mapped.mapped.flatMap(({ rows }) => rows),
      page,
    );
    if (later) return later;
    const { rows, unchanged } = await preparePage(page, mapped, open.memories);
    const made = [
      ...cutBatches(
        rows,
        open.pushers.map(({ definition }) => definition),
      ),
    ].map((cut) => ({
      ...cut,
      stored: this.#newBatch(cut.content),
    }));
    await batches.add(made.map(({ stored }) => stored));
    await rejects.keep(run, held.slice._id, seq, mapped.refused);
    await open.stillThere(mapped.refused);
    const account = emptyAccount();
    const { read, filtered, superseded, refused, cursor } = mapped;
    Object.assign(account.ledger, { read, filtered, superseded, rejected: refused.length, unchanged });
    if (unreadIn(refused) > 0) account.effects.unread = unreadIn(refused);
    const ids = made.map(({ stored }) => stored._id);
    await place.commit({ account, cursor, resume: page.resume, batches: ids });
    written({ account, refused });
    for (const { stored, rows: of } of made) {
      const batch = openBatch(stored, open.pushers.length, of);
      this.#mark(batch, 1);
      this.#send(batch);
      if (this.#onTheWay.size >= atOnce) await Promise.race(this.#onTheWay);
    }
    this.#throwFailure();
    return undefined;
  }

  /** A page is committed before it is taken for sent. */
  landed(): Promise<void> {
    return Promise.resolve();
  }

  async settle(): Promise<Date | undefined> {
    for (;;) {
      await Promise.all(this.#onTheWay);
      this.#throwFailure();
      if (this.#waiting.size === 0) {
        await this.#removeDone();
        return undefined;
      }
      const at = Math.min(...this.#waiting.values());
      if (at > Date.now() + patience) return new Date(at);
      await delay(Math.max(0, at - Date.now()), undefined, { signal: this.options.held.signal });
      this.#sendDue();
      if (this.#onTheWay.size >= atOnce) await Promise.race(this.#onTheWay);
    }
  }

  async quiet(): Promise<void> {
    await endedOrAborted(this.#onTheWay, this.options.held.signal);
  }

  /** Waits until none of the rows' things is on its way; a time: one of them has to wait for long. */
  async #untilFree(rows: PushRow[], { gone, resume }: ReadPage): Promise<Date | undefined> {
    const { memories } = this.options.open;
    const ids = rows.flatMap((row) => memories.map((memory) => memory.idOf(row)));
    ids.push(...(gone?.rows ?? []).map(({ _id }) => _id));
    for (;;) {
      this.#throwFailure();
      this.#sendDue();
      const crowded = this.#waiting.size >= mostOpen;
      if (!crowded && (this.#busy.size === 0 || !ids.some((id) => this.#busy.has(id)))) return undefined;
      const at = await this.settle();
      // A slice that cannot go on where it was keeps its worker rather than be read again.
      if (at && resume !== undefined) return at;
      if (at) await delay(at.getTime() - Date.now(), undefined, { signal: this.options.held.signal });
    }
  }

  #sendDue(): void {
    const now = Date.now();
    for (const [batch, at] of this.#waiting) {
      if (at > now || this.#onTheWay.size >= atOnce) continue;
      this.#waiting.delete(batch);
      this.#send(batch);
    }
  }

  #send(batch: OpenBatch): void {
    const sending = this.#deliver(batch).catch((error: unknown) => {
      this.#failure ??= { error };
    });
    this.#onTheWay.add(sending);
    void sending.then(() => this.#onTheWay.delete(sending));
  }

  async #deliver(batch: OpenBatch): Promise<void> {
    const { run, held, open, rejects, written } = this.options;
    const wait = await this.#sender.send(batch);
    if (wait !== undefined) return void this.#waiting.set(batch, Date.now() + wait);
    held.permit(); // a worker that stalled meanwhile must not remember over what came later
    for (const [output, memory] of open.memories.entries()) {
      const outcomes = batch.outcomes[output] ?? [];
      const taken = (i: number): boolean => outcomes[i]?.status === 'ok' || outcomes[i]?.status === 'unchanged';
      await memory.acknowledged(rowsOf(batch.rows, output).filter((_, i) => taken(i)));
    }
    const { account, refused } = accountOf(batch);
    await rejects.keep(run, held.slice._id, 0, refused);
    await open.stillThere(refused);
    await commitBatch(held, batch.stored._id, account);
    written({ account, refused });
    this.#mark(batch, -1);
    this.#done.push(batch.stored._id);
    if (this.#done.length >= removedAtOnce) await this.#removeDone();
  }

  /** What a crash leaves is removed with the run, or by who takes the slice up. */
  async #removeDone(): Promise<void> {
    await this.options.batches.remove(this.#done.splice(0));
  }

  #mark({ rows }: OpenBatch, change: 1 | -1): void {
    this.options.open.memories.forEach((memory, output) => {
      for (const row of rowsOf(rows, output)) {
        const id = memory.idOf(row);
        const count = (this.#busy.get(id) ?? 0) + change;
        if (count > 0) this.#busy.set(id, count);
        else this.#busy.delete(id);
      }
    });
  }

  #newBatch(content: string): Batch {
    const { run, held } = this.options;
    const { _id: slice, epoch } = held.slice;
    return { _id: newId('bat'), run: run._id, slice, epoch, content, repeated: 0, rounds: 0, createdAt: new Date() };
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
