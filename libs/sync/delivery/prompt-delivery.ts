import type { PushRow } from '@millrace/sdk';
import type { Open } from '../engine/push/pusher.ts';
import type { MappedPage, RefusedRow } from '../engine/rows/row-mapper.ts';
import { addAccount, type Account } from '../runs/ledger.ts';
import { accountOf } from './account-of.ts';
import { BatchSender } from './batch-sender.ts';
import type { Batches } from './batches.ts';
import { thingsOf } from './busy-things.ts';
import { cutRows } from './cut-batches.ts';
import type { ReadPage, SliceDelivery } from './delivery.ts';
import type { DeliveryOptions } from './direct-delivery.ts';
import { KeptBatches, takenRows } from './kept-batches.ts';
import { openBatch, type OpenBatch } from './open-batch.ts';
import { PagePipeline } from './page-pipeline.ts';
import { pageAccount, preparePage, type PreparedPage } from './prepare-page.ts';
import { splitBatch } from './split-batch.ts';

const pagesAtOnce = 4;

/** What became of a page's batches: sent to their end, or to be kept until a time. */
interface SentPage {
  done: OpenBatch[];
  open: { batch: OpenBatch; at: number; said?: string }[];
  prepared: Omit<PreparedPage, 'rows'>;
  failure?: { error: unknown };
}

/**
 * To other systems where a repeat is harmless, and a page can be read again: it is sent, then committed, then remembered. What a crash leaves
 * between is sent again. Only what the destination puts off, or failed with, is kept in batches.
 */
export class PromptDelivery implements SliceDelivery {
  readonly #kept: KeptBatches;
  readonly #pages = new PagePipeline(pagesAtOnce);
  readonly #sender: BatchSender;
  /** The place of the next row, while pages are underway. */
  #next = 0;

  constructor(private readonly options: DeliveryOptions & { batches: Batches }) {
    const { open, held } = options;
    this.#kept = new KeptBatches(options);
    this.#sender = new BatchSender(open.pushers, { note: () => Promise.resolve() }, held.signal);
  }

  get said(): string | undefined {
    return this.#kept.said;
  }

  start(): Promise<void> {
    return this.#kept.start();
  }

  async take(page: ReadPage): Promise<Date | undefined> {
    const { open, place } = this.options;
    const seq = this.#pages.isEmpty ? place.sequence() : this.#next;
    const mapped = await open.mapper.map(page, seq);
    const rows: PushRow[] = [];
    const keys = new Set<string>();
    for (const { rows: of } of mapped.mapped) {
      for (const row of of) {
        if (!row) continue;
        rows.push(row);
        keys.add(row.key); // as their source names them: that is how it tells of a deletion
        for (const memory of open.memories) keys.add(memory.idOf(row));
      }
    }
    await this.#pages.roomFor(keys);
    const later = await this.#kept.untilFree(rows, page);
    if (later) return later;
    this.#next = seq + mapped.read;
    this.#pages.begin(keys, this.#send(page, mapped), (sent) => this.#finish(page, mapped, seq, sent));
    return undefined;
  }

  landed(): Promise<void> {
    return this.#pages.drain();
  }

  async settle(): Promise<Date | undefined> {
    await this.#pages.drain();
    return this.#kept.settle();
  }

  async quiet(): Promise<void> {
    await this.#pages.quiet(this.options.held.signal);
    await this.#kept.quiet();
  }

  /** One batch after the other; once one fails, the rest is left for later. */
  async #send(page: ReadPage, mapped: MappedPage): Promise<SentPage> {
    const { run, open } = this.options;
    const { rows, ...prepared } = await preparePage(page, mapped, open.memories, run.plan.mode);
    const sent: SentPage = { done: [], open: [], prepared };
    for (const cut of cutRows(rows, open.definitions, open.memories)) {
      const batch = openBatch(this.#kept.make(''), open.pushers.length, cut);
      const left = this.#mustWait(batch, sent) ? { wait: 0 } : await this.#try(batch, sent);
      if (left) sent.open.push({ batch, at: Date.now() + left.wait, said: left.message });
      else sent.done.push(batch);
    }
    return sent;
  }

  /** What is about the same as a batch that is put off comes after it. */
  #mustWait({ rows }: OpenBatch, { failure, open }: SentPage): boolean {
    if (failure) return true;
    if (open.length === 0) return false;
    const { memories } = this.options.open;
    const busy = new Set(open.flatMap(({ batch }) => [...thingsOf(batch.rows, memories)]));
    return [...thingsOf(rows, memories)].some((thing) => busy.has(thing));
  }

  async #try(batch: OpenBatch, sent: SentPage): Promise<Open | undefined> {
    try {
      return await this.#sender.send(batch);
    } catch (error) {
      sent.failure = { error };
      return { wait: 0 };
    }
  }

  async #finish(page: ReadPage, mapped: MappedPage, seq: number, { done, open, prepared, failure }: SentPage) {
    const { run, held, place, rejects, written } = this.options;
    const kept = open.flatMap(({ batch, ...rest }) => splitBatch(batch).map((piece) => ({ batch: piece, ...rest })));
    await this.#kept.keep(kept.map(({ batch }) => batch.stored));
    const account = pageAccount(mapped, prepared);
    const refused = this.#accountFor(done, account);
    await rejects.keep(run, held.slice._id, seq, mapped.refused);
    await rejects.keep(run, held.slice._id, 0, refused);
    await rejects.outdate(run, prepared.settled, seq + page.records.length);
    const batches = kept.map(({ batch }) => batch.stored._id);
    await place.commit({ account, cursors: mapped.cursors, resume: page.resume, batches });
    written({ account, refused: [...mapped.refused, ...refused] });
    for (const { batch, at, said } of kept) this.#kept.putOff(batch, at, said);
    held.permit(); // a worker that stalled meanwhile must not remember over what came later
    await this.options.open.remember((output): PushRow[] => done.flatMap((batch) => takenRows(batch, output)));
    if (failure) throw failure.error;
  }

  #accountFor(batches: OpenBatch[], account: Account): RefusedRow[] {
    return batches.flatMap((batch) => {
      const of = accountOf(batch);
      addAccount(account, of.account);
      return of.refused;
    });
  }
}
