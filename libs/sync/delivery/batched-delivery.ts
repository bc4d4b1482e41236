import type { Batches } from './batches.ts';
import { cutBatches } from './cut-batches.ts';
import type { ReadPage, SliceDelivery } from './delivery.ts';
import type { DeliveryOptions } from './direct-delivery.ts';
import { KeptBatches } from './kept-batches.ts';
import { openBatch } from './open-batch.ts';
import { pageAccount, preparePage } from './prepare-page.ts';
import { refusedAgain } from './told-places.ts';

/** To other systems: rows are kept in batches before they are sent, and a batch is done when every row has its outcome. */
export class BatchedDelivery implements SliceDelivery {
  readonly #kept: KeptBatches;

  constructor(private readonly options: DeliveryOptions & { batches: Batches }) {
    this.#kept = new KeptBatches(options);
  }

  get said(): string | undefined {
    return this.#kept.said;
  }

  start(): Promise<void> {
    return this.#kept.start();
  }

  async take(page: ReadPage): Promise<Date | undefined> {
    const { run, held, open, place, rejects, written } = this.options;
    const seq = place.sequence();
    const mapped = await open.mapper.map(page, seq);
    const pushed = mapped.mapped.flatMap(({ rows }) => rows.flatMap((row) => row ?? []));
    const later = await this.#kept.untilFree(pushed, page);
    if (later) return later;
    const { rows, ...prepared } = await preparePage(page, mapped, open.memories, run.plan.mode);
    const cuts = [...cutBatches(rows, open.definitions, open.memories)];
    const made = cuts.map((cut) => ({ ...cut, stored: this.#kept.make(cut.content) }));
    await this.#kept.keep(made.map(({ stored }) => stored));
    await rejects.keep(run, held.slice._id, seq, refusedAgain(mapped.refused, page));
    await rejects.outdate(run, prepared.settled, seq + page.records.length);
    await open.stillThere(mapped.refused);
    const account = pageAccount(mapped, prepared);
    const batches = made.map(({ stored }) => stored._id);
    await place.commit({ account, cursors: mapped.cursors, resume: page.resume, batches });
    written({ account, refused: mapped.refused });
    for (const { stored, rows: of } of made) await this.#kept.send(openBatch(stored, open.pushers.length, of));
    this.#kept.throwFailure();
    return undefined;
  }

  /** A page is durable as soon as it is taken. */
  landed(): Promise<void> {
    return Promise.resolve();
  }

  settle(): Promise<Date | undefined> {
    return this.#kept.settle();
  }

  quiet(): Promise<void> {
    return this.#kept.quiet();
  }
}
