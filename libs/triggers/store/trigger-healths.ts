import { Injectable } from '@nestjs/common';
import { TriggerCollections } from './trigger-collections.ts';
import type { TriggerHealth } from './trigger.schema.ts';

/** How triggers fare, for all processes. */
@Injectable()
export class TriggerHealths {
  constructor(private readonly collections: TriggerCollections) {}

  /** Undefined: it is paused or gone. */
  async of(slug: string): Promise<TriggerHealth | undefined> {
    return (await this.collections.triggers.findOne({ _id: slug, paused: false }, { projection: { health: 1 } }))
      ?.health;
  }

  async worked(slug: string, at: Date): Promise<void> {
    await this.collections.triggers.updateOne(
      { _id: slug },
      {
        $set: { 'health.failures': 0, 'health.lastSentAt': at },
        $unset: { 'health.restUntil': '', 'health.failingSince': '' },
      },
    );
  }

  /** @param restAfter milliseconds to rest after so many failures in a row. Gives whether the trigger rests now. */
  async failed(
    slug: string,
    lastError: NonNullable<TriggerHealth['lastError']>,
    restAfter: (failures: number) => number,
  ): Promise<boolean> {
    const after = await this.collections.triggers.findOneAndUpdate(
      { _id: slug },
      {
        $inc: { 'health.failures': 1 },
        $set: { 'health.lastError': lastError },
        $min: { 'health.failingSince': lastError.at },
      },
      { projection: { health: 1 }, returnDocument: 'after' },
    );
    const rest = restAfter(after?.health.failures ?? 0);
    if (rest === 0) return false;
    const restUntil = new Date(lastError.at.getTime() + rest);
    await this.collections.triggers.updateOne({ _id: slug }, { $max: { 'health.restUntil': restUntil } });
    return true;
  }

  /** A firing was given up, or refused. */
  async gaveUp(slug: string, givenUp: NonNullable<TriggerHealth['givenUp']>): Promise<void> {
    await this.collections.triggers.updateOne({ _id: slug }, { $set: { 'health.givenUp': givenUp } });
  }

  /** A firing was held. */
  async heldBack(slug: string, heldFiring: NonNullable<TriggerHealth['heldFiring']>): Promise<void> {
    await this.collections.triggers.updateOne({ _id: slug }, { $set: { 'health.heldFiring': heldFiring } });
  }

  /** Firings are tried again: one of them, or all that ended so. */
  async retried(slug: string, state: 'failed' | 'held', firing?: string): Promise<void> {
    const field = state === 'failed' ? 'health.givenUp' : 'health.heldFiring';
    const concerned = { _id: slug, ...(firing !== undefined && { [`${field}.firing`]: firing }) };
    await this.collections.triggers.updateOne(concerned, { $unset: { [field]: '' } });
  }

  /** Nothing fires until somebody resumes it. */
  async hold(slug: string, reason: string): Promise<void> {
    await this.collections.triggers.updateOne(
      { _id: slug, 'health.held': { $exists: false } },
      { $set: { 'health.held': { at: new Date(), reason } } },
    );
  }
}
