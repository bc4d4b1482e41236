import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { canonicalJson, isDuplicate, Overtaken } from '#platform';
import { Collections } from '../collections.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import { confirmFollowing } from '../schedule/followed-sync.ts';
import { SyncChecks, type CheckedSync } from './sync-checks.ts';
import { leadsElsewhere } from './sync-places.ts';
import { changesRules } from './sync-rules.ts';
import { syncUpdate } from './sync-update.ts';
import type { Sync } from './sync.schema.ts';

/** How syncs are found and written: against whoever changes, follows or removes one at the same time. */
@Injectable()
export class SyncStore {
  constructor(
    private readonly collections: Collections,
    private readonly checks: SyncChecks,
    private readonly known: KnownRows,
  ) {}

  find(idOrSlug: string): Promise<Sync | null> {
    return this.collections.syncs.findOne(idOrSlug.startsWith('syn_') ? { _id: idOrSlug } : { slug: idOrSlug });
  }

  /** Throws `not_found`. */
  async require(idOrSlug: string): Promise<Sync> {
    const sync = await this.find(idOrSlug);
    if (!sync) throw new MillraceError('not_found', `There is no sync "${idOrSlug}". GET /api/syncs lists them.`);
    return sync;
  }

  /** Throws `conflict` when the slug is taken, `invalid_schedule` when whom it is to follow is gone by now. */
  async insert(sync: Sync): Promise<void> {
    await this.unlessTaken(() => this.collections.syncs.insertOne(sync));
    await this.confirm(sync, () => this.collections.syncs.deleteOne({ _id: sync._id }));
  }

  /** Makes a sync another one. Throws `conflict`; `Overtaken` when somebody else was faster. */
  async replace(existing: Sync, next: CheckedSync): Promise<Sync> {
    // What is read differently has to be read from the start; a changed mapping alone goes on where it was, unless a replay costs nobody anything.
    const sameSource =
      canonicalJson(next.from) === canonicalJson(existing.from) &&
      !leadsElsewhere('from', next, existing) &&
      (next.read === 'stream') === (existing.read === 'stream');
    // Another destination has nothing yet of what the former one was sent, and what was written is not deleted. An endless stream goes on: what it passed by may not come again.
    const moved = canonicalJson(next.to) !== canonicalJson(existing.to) || leadsElsewhere('to', next, existing);
    const turned = (next.mode === 'delete') !== (existing.mode === 'delete');
    const fromStart = !sameSource || ((moved || turned) && next.read !== 'stream');
    const anew = fromStart || (changesRules(next, existing) && (await this.checks.replayable(next.from)));
    const followed = await this.checks.followedBy(next, existing);
    const update = syncUpdate(next, existing, { anew, moved, forgetsReach: fromStart, followed });
    const sync = await this.unlessTaken(() =>
      this.collections.syncs.findOneAndUpdate({ _id: existing._id, revision: existing.revision }, update, {
        returnDocument: 'after',
      }),
    );
    if (!sync) throw overtaken();
    if (canonicalJson(sync.schedule ?? null) !== canonicalJson(existing.schedule ?? null))
      await this.confirm(sync, () => this.scheduleBack(sync, existing));
    if (moved) await this.known.forgetSync(sync._id); // a dry run sees it at once
    return sync;
  }

  /** Says where the next run starts; one that goes on says it no more. Throws `Overtaken` when somebody else was faster. */
  async startFrom({ _id, revision: before }: Sync, startsFrom: Json): Promise<Sync> {
    const revision = before + 1;
    const change = { revision, anewSince: revision, updatedAt: new Date() };
    const sync = await this.collections.syncs.findOneAndUpdate(
      { _id, revision: before },
      startsFrom === null ? { $set: change, $unset: { startsFrom: '' } } : { $set: { ...change, startsFrom } },
      { returnDocument: 'after' },
    );
    if (!sync) throw overtaken();
    return sync;
  }

  private async confirm(sync: Sync, undo: () => Promise<unknown>): Promise<void> {
    try {
      await confirmFollowing(sync, this.collections.syncs);
    } catch (error) {
      await undo();
      throw error;
    }
  }

  private async scheduleBack({ _id, revision }: Sync, { schedule, nextRunAt }: Sync): Promise<void> {
    const back = schedule
      ? { $set: { schedule, ...(nextRunAt && { nextRunAt }) } }
      : { $unset: { schedule: '' as const } };
    await this.collections.syncs.updateOne({ _id, revision }, back);
  }

  private async unlessTaken<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new MillraceError(
        'conflict',
        'Another sync has this slug. Choose another one, or PUT to change that sync.',
        { cause: error },
      );
    }
  }
}

function overtaken(): Overtaken {
  return new Overtaken('The sync was changed by somebody else meanwhile. Read it again, then repeat.');
}
