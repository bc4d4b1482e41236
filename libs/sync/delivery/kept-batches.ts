import { setTimeout as delay } from 'node:timers/promises';
import type { PushRow } from '@millrace/sdk';
import { newId } from '#platform';
import { patience } from '../engine/timing.ts';
import { accountOf } from './account-of.ts';
import type { Batch } from './batch.schema.ts';
import { BatchSender } from './batch-sender.ts';
import type { Batches } from './batches.ts';
import { commitBatch } from './commit-page.ts';
import { BusyThings } from './busy-things.ts';
import type { ReadPage } from './delivery.ts';
import type { DeliveryOptions } from './direct-delivery.ts';
import { endedOrAborted } from './ended-or-aborted.ts';
import { openBatch, rowsOf, type OpenBatch } from './open-batch.ts';
import { toldPlaces } from './told-places.ts';

const batchesAtOnce = 4;
const mostOpen = 100;
const removedAtOnce = 20;

/** Batches of a slice that are kept until every row of them has its outcome: those on their way, and those that wait for their time. */
export class KeptBatches {
  readonly #sender: BatchSender;
  readonly #onTheWay = new Set<Promise<void>>();
  readonly #waiting = new Map<OpenBatch, number>();
  readonly #busy: BusyThings;
  readonly #atOnce: number;
  /** Batches that are accounted for, and still kept. */
  #done: string[] = [];
  #failure?: { error: unknown };
  #said?: string;

  constructor(private readonly options: DeliveryOptions & { batches: Batches }) {
    const { run, held, open, batches } = options;
    this.#sender = new BatchSender(open.pushers, batches, held.signal);
    this.#busy = new BusyThings(open.memories);
    // What is only appended keeps the order in which it was read.
    this.#atOnce = run.plan.mode === 'insert' ? 1 : batchesAtOnce;
  }

  /** Takes up what an earlier turn left. */
  async start(): Promise<void> {
    const { held, batches, open } = this.options;
    const left = await batches.ofSlice(held.slice._id, held.slice.batches ?? [], held.slice.epoch);
    for (const stored of left) this.putOff(openBatch(stored, open.pushers.length), stored.notBefore?.getTime() ?? 0);
  }

  /** A batch of the slice that nobody keeps yet. */
  make(content: string): Batch {
    const { run, held } = this.options;
    const { _id: slice, epoch } = held.slice;
    return { _id: newId('bat'), run: run._id, slice, epoch, content, repeated: 0, rounds: 0, createdAt: new Date() };
  }

  async keep(batches: Batch[]): Promise<void> {
    await this.options.batches.add(batches);
  }

  /** What the destination said last about rows that it put off. */
  get said(): string | undefined {
    return this.#said;
  }

  /** Sends a kept batch, once those before it that are about the same are done; resolves when another one may follow. */
  async send(batch: OpenBatch): Promise<void> {
    this.#busy.add(batch);
    if (this.#busy.mustWait(batch)) return void this.#waiting.set(batch, 0);
    this.#send(batch);
    if (this.#onTheWay.size >= this.#atOnce) await Promise.race(this.#onTheWay);
  }

  /** A kept batch is to be sent at a time, in milliseconds since 1970: the destination `said` so. */
  putOff(batch: OpenBatch, at: number, said?: string): void {
    if (said !== undefined) this.#said = said;
    this.#busy.add(batch);
    this.#waiting.set(batch, at);
  }

  /** Waits until none of the rows' things is on its way; a time: one of them has to wait for long. */
  async untilFree(rows: PushRow[], { gone, resume }: ReadPage): Promise<Date | undefined> {
    for (;;) {
      this.throwFailure();
      this.#sendDue();
      if (this.#waiting.size < mostOpen && !this.#busy.has(rows, gone?.rows)) return undefined;
      const at = await this.settle();
      // A slice that cannot go on where it was keeps its worker rather than be read again.
      if (at && resume !== undefined) return at;
      if (at) await delay(at.getTime() - Date.now(), undefined, { signal: this.options.held.signal });
    }
  }

  /** Resolves when nothing is on its way any more. A time: the destination has not told about all rows, and is to be asked then. */
  async settle(): Promise<Date | undefined> {
    for (;;) {
      await Promise.all(this.#onTheWay);
      this.throwFailure();
      if (this.#waiting.size === 0) {
        await this.#removeDone();
        return undefined;
      }
      const at = this.#nextDue();
      if (at > Date.now() + patience) return new Date(at);
      await delay(Math.max(0, at - Date.now()), undefined, { signal: this.options.held.signal });
      this.#sendDue();
      if (this.#onTheWay.size >= this.#atOnce) await Promise.race(this.#onTheWay);
    }
  }

  quiet(): Promise<void> {
    return endedOrAborted(this.#onTheWay, this.options.held.signal);
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** When nothing is on its way, one at least waits for its time alone. */
  #nextDue(): number {
    return Math.min(...[...this.#waiting].flatMap(([batch, at]) => (this.#busy.mustWait(batch) ? [] : at)));
  }

  #sendDue(): void {
    const now = Date.now();
    for (const [batch, at] of this.#waiting) {
      if (at > now || this.#onTheWay.size >= this.#atOnce || this.#busy.mustWait(batch)) continue;
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
    const left = await this.#sender.send(batch);
    if (left) {
      if (left.message !== undefined) this.#said = left.message;
      return void this.#waiting.set(batch, Date.now() + left.wait);
    }
    held.permit(); // a worker that stalled meanwhile must not remember over what came later
    await open.remember((output) => takenRows(batch, output), toldPlaces(batch.rows));
    const { account, refused } = accountOf(batch);
    await rejects.keep(run, held.slice._id, 0, refused);
    await open.stillThere(refused);
    for (const [output, memory] of open.memories.entries()) await memory.stillThere(doubtfulKeys(batch, output));
    await commitBatch(held, batch.stored._id, account);
    written({ account, refused });
    this.#busy.remove(batch);
    this.#done.push(batch.stored._id);
    if (this.#done.length >= removedAtOnce) await this.#removeDone();
  }

  /** What a crash leaves is removed with the run, or by who takes the slice up. */
  async #removeDone(): Promise<void> {
    await this.options.batches.remove(this.#done.splice(0));
  }
}

/** What an output has now. */
export function takenRows({ rows, outcomes }: Pick<OpenBatch, 'rows' | 'outcomes'>, output: number): PushRow[] {
  const known = outcomes[output] ?? [];
  return rowsOf(rows, output).filter((_, i) => known[i]?.status === 'ok' || known[i]?.status === 'unchanged');
}

/** Of rows that an output may have or not: they were read all the same. */
function doubtfulKeys({ rows, outcomes }: OpenBatch, output: number): string[] {
  const known = outcomes[output] ?? [];
  if (!known.some((outcome) => outcome?.status === 'unknown')) return [];
  const sent = rows.filter((row) => row.rows[output]);
  return sent.flatMap(({ rows: of, removal }, i) =>
    !removal && known[i]?.status === 'unknown' ? (of[output]?.key ?? []) : [],
  );
}
