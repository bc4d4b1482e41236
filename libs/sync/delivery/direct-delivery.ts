import type { PushRow } from '@millrace/sdk';
import type { OpenRun } from '../engine/opening/open-run.ts';
import type { WrittenPage } from '../engine/push/page-writer.ts';
import type { MappedPage } from '../engine/rows/row-mapper.ts';
import type { SliceLease } from '../engine/slices/slice-lease.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { addEffects, type EffectCounts } from '../runs/ledger.ts';
import type { Run } from '../runs/run.schema.ts';
import type { ReadPage, SliceDelivery, WrittenRows } from './delivery.ts';
import { PagePipeline } from './page-pipeline.ts';
import { deletionsOf } from './prepare-page.ts';
import type { SlicePlace } from './slice-place.ts';
import { refusedAgain } from './told-places.ts';

export interface DeliveryOptions {
  run: Run;
  held: SliceLease;
  open: OpenRun;
  place: SlicePlace;
  rejects: Rejects;
  /** Is told what rows came to. */
  written: (rows: WrittenRows) => void;
}

// Enough to be at work while the database makes pages durable: four small ones, or two large ones, since each row underway costs memory.
const pagesAtOnce = 4;
const rowsAtOnce = 4_000;

/**
 * To Millrace's own stores, which take rows in any order: a few pages are written at the same time, and committed one after the other. What a
 * crash leaves between is read again and changes nothing.
 */
export class DirectDelivery implements SliceDelivery {
  readonly #pages: PagePipeline;
  /** The place of the next row, while pages are underway. */
  #next = 0;

  constructor(private readonly options: DeliveryOptions) {
    this.#pages = new PagePipeline(options.run.plan.mode === 'mirror' ? 1 : pagesAtOnce, rowsAtOnce);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  async take(page: ReadPage): Promise<undefined> {
    const { open, place } = this.options;
    const seq = this.#pages.isEmpty ? place.sequence() : this.#next;
    const mapped = await open.mapper.map(page, seq);
    const keys = keysOf(mapped, page);
    await this.#pages.roomFor(keys);
    this.#next = seq + mapped.read;
    this.#pages.begin(keys, open.writer.push(page, mapped), (written) => this.finish(page, seq, written));
  }

  landed(): Promise<void> {
    return this.#pages.drain();
  }

  async settle(): Promise<undefined> {
    await this.#pages.drain();
  }

  quiet(): Promise<void> {
    return this.#pages.quiet(this.options.held.signal);
  }

  private async finish(
    page: ReadPage,
    seq: number,
    { account, refused, delivered, cursors }: WrittenPage,
  ): Promise<void> {
    const { run, held, open, place, rejects, written } = this.options;
    if (run.plan.mode === 'mirror') {
      await this.remember(delivered);
      await open.stillThere(refused);
      addEffects(account.effects, await this.remove(page));
    }
    await rejects.keep(run, held.slice._id, seq, refusedAgain(refused, page));
    await place.commit({ account, cursors, resume: page.resume });
    written({ account, refused });
  }

  private async remember(delivered: PushRow[][]): Promise<void> {
    for (const [output, memory] of this.options.open.memories.entries()) {
      const rows = delivered[output] ?? [];
      const same = await memory.unchanged(rows);
      await memory.acknowledged(rows.filter((row) => !same.has(row)));
    }
  }

  private async remove({ gone }: ReadPage): Promise<EffectCounts> {
    const { pushers, memories } = this.options.open;
    const memory = gone && memories[gone.output];
    const pusher = gone && pushers[gone.output];
    const effects: EffectCounts = {};
    if (!memory || !pusher) return effects;
    const rows = deletionsOf(await memory.stillKnown(gone.rows));
    const outcomes = await pusher.push(rows);
    await memory.acknowledged(rows.filter((_, i) => outcomes[i]?.status !== 'rejected'));
    for (const outcome of outcomes) {
      if (outcome.status === 'ok') addEffects(effects, outcome.effects ?? { deleted: 1 });
      if (outcome.status === 'rejected') addEffects(effects, { undeleted: 1 });
    }
    return effects;
  }
}

/** What a page is about: of one thing, the former row is written before the later one. */
function keysOf({ mapped }: MappedPage, { gone }: ReadPage): Set<string> {
  const keys = new Set<string>();
  for (const { rows } of mapped) for (const row of rows) if (row) keys.add(row.key);
  for (const { key } of gone?.rows ?? []) keys.add(key);
  return keys;
}
