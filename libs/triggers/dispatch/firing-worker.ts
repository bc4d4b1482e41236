import { Injectable } from '@nestjs/common';
import { MillraceError, messageOf, type ErrorCode } from '@millrace/sdk';
import { Log, Regularly, Settings } from '#platform';
import {
  FiringCounts,
  TriggerCollections,
  TriggerHealths,
  type Counted,
  type LetPass,
  type StoredFiring,
  type TriggerHealth,
} from '../store/index.ts';
import type { KnownTrigger } from '../watch/index.ts';
import { Actions, type Done } from './actions.ts';
import { Gate } from './gate.ts';
import { isGivenUp, pauseAfter, restAfter } from './retries.ts';

/** Milliseconds until it is asked again whether the run that is going on has ended. */
const runPause = 1_000;

/** Takes firings that are due, and does with each what is to be done. */
@Injectable()
export class FiringWorker {
  /** Milliseconds after which another worker takes a firing from one that is silent. */
  readonly #term: number;

  constructor(
    private readonly collections: TriggerCollections,
    private readonly gate: Gate,
    private readonly actions: Actions,
    private readonly healths: TriggerHealths,
    private readonly counts: FiringCounts,
    private readonly log: Log,
    settings: Settings,
  ) {
    this.#term = settings.lease * 1_000;
  }

  /** Taken by moving on the time at which it is due: should this process die, it is due again. */
  take(trigger: string): Promise<StoredFiring | null> {
    const now = new Date();
    return this.collections.firings.findOneAndUpdate(
      { trigger, dueAt: { $lte: now } },
      { $set: { dueAt: new Date(now.getTime() + this.#term), state: 'pending' }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    );
  }

  /** Gives whether the trigger may go on with the next one. */
  async fire(trigger: KnownTrigger, firing: StoredFiring, health: TriggerHealth): Promise<boolean> {
    const keeping = new Regularly(
      this.#term / 3,
      () => this.#keep(firing),
      (error) => this.log.warn({ firing: firing._id, error: messageOf(error) }, 'a firing may be done by two workers'),
    );
    try {
      return await this.#fire(trigger, firing, health);
    } finally {
      await keeping.end();
    }
  }

  async #keep({ _id, attempts }: StoredFiring): Promise<void> {
    const dueAt = new Date(Date.now() + this.#term);
    await this.collections.firings.updateOne(
      { _id, attempts, settledAt: { $exists: false }, dueAt: { $exists: true } },
      { $set: { dueAt } },
    );
  }

  async #fire(trigger: KnownTrigger, firing: StoredFiring, health: TriggerHealth): Promise<boolean> {
    const verdict = await this.gate.judge(trigger, firing, new Date());
    if (!verdict.go) {
      // Noted before it is settled: whoever retries it afterwards takes the note away.
      if (verdict.state === 'held') await this.healths.heldBack(trigger.slug, { at: new Date(), firing: firing._id });
      await this.#settle(firing, verdict.state, { reason: verdict.reason });
      return true;
    }
    let done: Done;
    try {
      done = await this.actions.act(trigger, firing);
    } catch (error) {
      return this.#failed(trigger, firing, error, verdict.person);
    }
    const now = new Date();
    await this.#worked(trigger.slug, health, now);
    if (done.refused) {
      await this.gate.giveBack(firing, verdict.person);
      await this.healths.gaveUp(trigger.slug, { at: now, code: done.refused, firing: firing._id });
      await this.#settle(firing, 'failed', { code: done.refused, reason: done.said }, 'made anew');
      return true;
    }
    const told = { reason: done.said, ...(done.run !== undefined && { run: done.run }) };
    const sent = await this.#settle(firing, 'sent', told, 'made anew', health.passed);
    if (sent < trigger.perHour) return true;
    await this.healths.hold(
      trigger.slug,
      `It fired ${trigger.perHour} times within an hour (limits.perHour). Look why, then POST …/resume.`,
    );
    return false;
  }

  /** Noted once a second where nothing else is new. */
  async #worked(slug: string, { failures, lastSentAt }: TriggerHealth, now: Date): Promise<void> {
    const isNews = failures > 0 || !lastSentAt || now.getTime() - lastSentAt.getTime() > 1_000;
    if (isNews) await this.healths.worked(slug, now);
  }

  async #failed(
    trigger: KnownTrigger,
    firing: StoredFiring,
    error: unknown,
    person: string | undefined,
  ): Promise<boolean> {
    const known = error instanceof MillraceError ? error : undefined;
    const { code = 'internal', retryable = true, retryAfter } = known ?? {};
    if (code === 'run_active') {
      await this.#again(firing, runPause, { reason: 'A run is going on; the next one begins after it.' }, -1);
      return false;
    }
    if (code === 'lease_lost') return true;
    const at = new Date();
    const told = { code, reason: messageOf(error) };
    this.log.warn(
      { trigger: trigger.slug, firing: firing._id, code, err: known ? undefined : error },
      'a trigger could not do what it is to do',
    );
    if (isGivenUp(firing, retryable, at)) {
      await this.gate.giveBack(firing, person);
      await this.healths.gaveUp(trigger.slug, { at, code, firing: firing._id });
      await this.#settle(firing, 'failed', told, retryable ? 'kept' : 'made anew');
    } else await this.#again(firing, pauseAfter(firing.attempts, retryAfter), told);
    const rests = await this.healths.failed(trigger.slug, { at, code, firing: firing._id }, restAfter);
    return !rests;
  }

  /**
   * Gives how many of the trigger came to this state within the hour, beside those that were let pass. What may have arrived is kept, so that it is the
   * same should it be tried again; what the other side refused is made anew then.
   */
  async #settle(
    { _id, attempts, trigger }: StoredFiring,
    state: Counted & StoredFiring['state'],
    told: Pick<StoredFiring, 'code' | 'reason' | 'run'>,
    payload: 'kept' | 'made anew' = 'kept',
    passed?: LetPass,
  ): Promise<number> {
    const { matchedCount } = await this.collections.firings.updateOne(
      { _id, attempts, dueAt: { $exists: true } },
      {
        $set: { state, settledAt: new Date(), ...told },
        $unset: {
          ...{ dueAt: '', payload: '' },
          ...(payload === 'made anew' && { sealed: '' }),
          ...(told.code === undefined && { code: '' }),
        },
      },
    );
    return matchedCount === 0 ? 0 : this.counts.add(trigger, state, { passed });
  }

  async #again(
    { _id, attempts }: StoredFiring,
    pause: number,
    told: { code?: ErrorCode; reason: string },
    counts = 0,
  ): Promise<void> {
    await this.collections.firings.updateOne(
      { _id, attempts, dueAt: { $exists: true } },
      { $set: { dueAt: new Date(Date.now() + pause), ...told }, $inc: { attempts: counts } },
    );
  }
}
