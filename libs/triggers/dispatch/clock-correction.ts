import { Injectable } from '@nestjs/common';
import { clockTolerance, ClockWatch, Log } from '#platform';
import { TriggerCollections } from '../store/index.ts';
import { longestPause, longestRest } from './retries.ts';

/**
 * While a machine's clock ran ahead, firings and triggers were put off until a time of its own. Once it has been set back, or at the start of a
 * process, what cannot be so late is due at once; who was to wait for a while waits that long from now on.
 */
@Injectable()
export class ClockCorrection {
  readonly #clock = new ClockWatch();

  constructor(
    private readonly collections: TriggerCollections,
    private readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<void> {
    await this.#clock.look(now, () => this.#correct(now));
  }

  async #correct(now: Date): Promise<void> {
    const { triggers } = this.collections;
    const tooLong = { 'health.restUntil': { $gt: new Date(now.getTime() + 2 * longestRest) } };
    let count = 0;
    for await (const { _id } of triggers.find({}, { projection: { _id: 1 } })) {
      await triggers.updateOne({ _id, ...tooLong }, { $unset: { 'health.restUntil': '' } });
      count += await this.#bringForward(_id, now);
    }
    if (count > 0) this.log.warn({ count }, 'firings were put off until too late: the clock was set back');
  }

  async #bringForward(trigger: string, now: Date): Promise<number> {
    const { firings } = this.collections;
    const tooLate = new Date(now.getTime() + 2 * longestPause);
    const notYet = new Date(now.getTime() + clockTolerance);
    const pending = { trigger, state: 'pending' } as const;
    const due = {
      $set: { dueAt: now, readyAt: { $min: ['$readyAt', now] }, createdAt: { $min: ['$createdAt', now] } },
    };
    const rest = { $add: [now, { $subtract: ['$readyAt', '$createdAt'] }] };
    const waited = { $set: { dueAt: rest, readyAt: rest, createdAt: now } };
    const changed = [
      await firings.updateMany({ ...pending, dueAt: { $gt: tooLate } }, [due]),
      await firings.updateMany({ ...pending, createdAt: { $gt: notYet } }, [due]),
      await firings.updateMany({ trigger, state: 'waiting', createdAt: { $gt: notYet } }, [waited]),
    ];
    return changed.reduce((sum, { modifiedCount }) => sum + modifiedCount, 0);
  }
}
