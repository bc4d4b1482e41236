import type { PushRow } from '@millrace/sdk';
import type { OpenRun } from '../engine/open-run.ts';
import type { SliceLease } from '../engine/slice-lease.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { addEffects, type EffectCounts } from '../runs/ledger.ts';
import type { Run } from '../runs/run.schema.ts';
import type { ReadPage, SliceDelivery, WrittenRows } from './delivery.ts';
import { deletionsOf } from './prepare-page.ts';
import type { SlicePlace } from './slice-place.ts';

export interface DeliveryOptions {
  run: Run;
  held: SliceLease;
  open: OpenRun;
  place: SlicePlace;
  rejects: Rejects;
  /** Is told what rows came to. */
  written: (rows: WrittenRows) => void;
}

/** To Millrace's own stores: a page is written, and then committed. What a crash leaves between is read again and changes nothing. */
export class DirectDelivery implements SliceDelivery {
  constructor(private readonly options: DeliveryOptions) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  async take(page: ReadPage): Promise<undefined> {
    const { run, held, open, place, rejects, written } = this.options;
    const seq = place.sequence();
    const { account, refused, delivered, cursor } = await open.writer.write(page, seq);
    if (run.plan.mode === 'mirror') {
      await this.remember(delivered);
      await open.stillThere(refused);
      addEffects(account.effects, await this.remove(page));
    }
    await rejects.keep(run, held.slice._id, seq, refused);
    await place.commit({ account, cursor, resume: page.resume });
    written({ account, refused });
  }

  settle(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  quiet(): Promise<void> {
    return Promise.resolve();
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
