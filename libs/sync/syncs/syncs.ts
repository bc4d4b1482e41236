import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { MillraceError, type Json } from '@millrace/sdk';
import { againIfOvertaken, newId, Overtaken, refuseStale, type Removing } from '#platform';
import { Collections } from '../collections.ts';
import { KnownFields } from '../drift/known-fields.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import {
  definedOnly,
  isAboutItself,
  refuseBrokenCursor,
  refuseNoLanes,
  refuseStrayCursor,
  saysTheSame,
} from './sync-changes.ts';
import { SyncChecks, type CheckedSync } from './sync-checks.ts';
import { leadsElsewhere } from './sync-places.ts';
import { SyncStore } from './sync-store.ts';
import { SyncViews, type SyncView } from './sync-views.ts';
import type { SyncChangeDto, SyncDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

/** Syncs that are paused or resumed at a time. */
const atOnce = 16;

/** Is asked before a sync is removed, and throws to object. `force`: whoever removes it knows what depends on it. */
export type SyncRemovalGuard = (sync: Sync, how: { force: boolean }) => Promise<void>;

/** Is told when a sync is called otherwise, so that whoever names it goes on meaning it. `to` is its id where it has no slug any more. */
export type SyncRenamed = (renamed: { from: string; to: string }) => Promise<void>;

/** Syncs: made, changed, told about. */
@Injectable()
export class Syncs {
  readonly #guards: SyncRemovalGuard[] = [];
  readonly #renamed: SyncRenamed[] = [];

  constructor(
    private readonly collections: Collections,
    private readonly store: SyncStore,
    private readonly checks: SyncChecks,
    private readonly fields: KnownFields,
    private readonly known: KnownRows,
    private readonly views: SyncViews,
  ) {}

  onRemove(guard: SyncRemovalGuard): void {
    this.#guards.push(guard);
  }

  onRename(renamed: SyncRenamed): void {
    this.#renamed.push(renamed);
  }

  async create(dto: SyncDto): Promise<SyncView> {
    const now = new Date();
    const checked = await this.checks.checked(dto);
    const { success: followed } = (await this.checks.followedBy(checked)) ?? {};
    const sync: Sync = {
      ...{ _id: newId('syn'), ...checked, ...(followed !== undefined && { followed }) },
      ...{ revision: 1, createdAt: now, updatedAt: now },
    };
    await this.store.insert(sync);
    return this.views.of(sync);
  }

  /**
   * Creates the sync of that slug, or makes an existing one be exactly this: also where somebody else changes it at the same time.
   *
   * @param madeFrom the revision that the change was made from: `conflict` when it is another one by now (default: any)
   */
  put(idOrSlug: string, dto: SyncDto, madeFrom?: number): Promise<{ view: SyncView; created: boolean }> {
    return againIfOvertaken(async () => {
      const existing = madeFrom ? await this.store.require(idOrSlug) : await this.store.find(idOrSlug);
      if (existing) {
        refuseStale('sync', existing, madeFrom);
        const view = await this.replace(existing, { ...dto, slug: dto.slug ?? existing.slug });
        return { view, created: false };
      }
      const { slug = idOrSlug } = dto;
      const view = await this.create({ ...dto, slug }).catch((error: unknown) => {
        throw isConflict(error) && slug === idOrSlug ? new Overtaken(error.message, { cause: error }) : error;
      });
      return { view, created: true };
    });
  }

  /** Throws what `put` would throw; stores nothing. */
  async rehearsePut(idOrSlug: string, dto: SyncDto, { offline = false }: { offline?: boolean } = {}): Promise<void> {
    await this.checks.rehearsed(dto, (await this.store.find(idOrSlug)) ?? undefined, offline);
  }

  async change(idOrSlug: string, changes: SyncChangeDto): Promise<SyncView> {
    const sync = await this.store.require(idOrSlug);
    if (isAboutItself(changes)) return this.save(sync, await this.checks.withSettings(sync, definedOnly(changes)));
    const { name, slug, from, to, outputs, filter, read, consumers, mode, delivery, drift, schedule, labels, paused } =
      sync;
    const present: SyncDto = {
      name,
      slug,
      from,
      to,
      filter,
      read,
      consumers,
      mode,
      delivery,
      drift,
      schedule,
      labels,
      paused,
    };
    if (changes.read && changes.read !== 'stream') delete present.consumers;
    if (!changes.mapping && !changes.outputs) present.outputs = outputs;
    return this.replace(sync, { ...present, ...definedOnly(changes) });
  }

  /** Lets all syncs with a label rest, or go on; a few at a time, and without those that are removed meanwhile. */
  async pauseAll(label: string, paused: boolean): Promise<SyncView[]> {
    const options = { projection: { _id: 1 }, sort: { _id: 1 } } as const;
    const labelled = await this.collections.syncs.find({ labels: label }, options).toArray();
    const changed: Sync[] = [];
    for (let start = 0; start < labelled.length; start += atOnce) {
      const some = labelled.slice(start, start + atOnce);
      const pausing = some.map(({ _id }) => againIfOvertaken(() => this.setPaused(_id, paused)));
      changed.push(...(await Promise.all(pausing)).flatMap((sync) => sync ?? []));
    }
    return this.views.ofAll(changed);
  }

  private async setPaused(id: string, paused: boolean): Promise<Sync | undefined> {
    const sync = await this.store.find(id);
    return sync ? this.stored(sync, await this.checks.withSettings(sync, { paused })) : undefined;
  }

  async get(idOrSlug: string): Promise<SyncView> {
    return this.views.of(await this.store.require(idOrSlug));
  }

  async list({ label, after, limit }: { label?: string; after?: string; limit: number }): Promise<SyncView[]> {
    const filter: mongo.Filter<Sync> = { ...(label && { labels: label }), ...(after && { _id: { $gt: after } }) };
    const syncs = await this.collections.syncs.find(filter, { sort: { _id: 1 }, limit }).toArray();
    return this.views.ofAll(syncs);
  }

  /** Removes a sync that is not running; its runs remain as history. */
  remove(idOrSlug: string, how: Removing = {}): Promise<void> {
    return againIfOvertaken(() => this.removeOnce(idOrSlug, how));
  }

  private async removeOnce(idOrSlug: string, { force = false, rehearse = false }: Removing): Promise<void> {
    const sync = await this.store.require(idOrSlug);
    if (await this.views.activeRun(sync._id))
      throw new MillraceError('run_active', 'The sync is running. Cancel the run first.');
    const follower = await this.collections.syncs.findOne(
      { 'schedule.after': sync._id },
      { projection: { name: 1, slug: 1 } },
    );
    if (follower)
      throw new MillraceError(
        'conflict',
        `Sync "${follower.name}" (${follower._id}) runs after it. Change its schedule first.`,
        { details: { users: [{ kind: 'sync', id: follower.slug ?? follower._id, name: follower.name }] } },
      );
    for (const guard of this.#guards) await guard(sync, { force });
    if (rehearse) return;
    const { _id, timesFollowed } = sync;
    const seen = { _id, timesFollowed: timesFollowed ?? { $exists: false } };
    if ((await this.collections.syncs.deleteOne(seen)).deletedCount === 0)
      throw new Overtaken('The sync was changed by somebody else meanwhile. Read it again, then repeat.');
    await this.collections.runs.updateMany({ sync: _id, active: true }, { $set: { cancelRequested: true } });
    await this.fields.forget(sync._id);
    await this.known.forgetSync(sync._id);
  }

  /** Where the next run starts; `null`: it reads everything. */
  async startFrom(idOrSlug: string, startsFrom: Json): Promise<SyncView> {
    refuseBrokenCursor(startsFrom);
    return againIfOvertaken(async () => this.views.of(await this.startFromOnce(idOrSlug, startsFrom)));
  }

  private async startFromOnce(idOrSlug: string, startsFrom: Json): Promise<Sync> {
    const sync = await this.store.require(idOrSlug);
    refuseStrayCursor(startsFrom, sync.startsFrom);
    if (sync.read === 'stream') refuseNoLanes(startsFrom);
    if (sync.read === 'stream' && (await this.views.activeRun(sync._id)))
      throw new MillraceError(
        'run_active',
        'The stream is being followed. Pause the sync, and set it once the run has ended.',
      );
    return this.store.startFrom(sync, startsFrom);
  }

  require(idOrSlug: string): Promise<Sync> {
    return this.store.require(idOrSlug);
  }

  /** Says which sync still needs a connection that is about to be removed. */
  async usedBy(connection: string): Promise<string | undefined> {
    const sync = await this.collections.syncs.findOne({
      $or: [{ 'from.connection': connection }, { 'to.connection': connection }],
    });
    return sync ? `The connection is used by sync "${sync.name}" (${sync._id}). Remove that sync first.` : undefined;
  }

  /** The syncs of a connection that leads to another place now. */
  async settleAll(connection: string): Promise<void> {
    const concerned = { $or: [{ 'from.connection': connection }, { 'to.connection': connection }] };
    for await (const { _id } of this.collections.syncs.find(concerned)) await this.settled(_id);
  }

  /** The sync as it is: it starts over where one of its connections leads to another place, of which it knows nothing. */
  settled(idOrSlug: string): Promise<Sync> {
    return againIfOvertaken(async () => {
      const sync = await this.store.require(idOrSlug);
      const next = { ...sync, places: await this.checks.placesOf(sync) };
      const elsewhere = leadsElsewhere('from', next, sync) || leadsElsewhere('to', next, sync);
      return elsewhere ? this.store.replace(sync, next) : sync;
    });
  }

  private async replace(existing: Sync, dto: SyncDto): Promise<SyncView> {
    return this.save(existing, await this.checks.checked(dto, existing));
  }

  private async save(existing: Sync, next: CheckedSync): Promise<SyncView> {
    return this.views.of(await this.stored(existing, next));
  }

  private async stored(existing: Sync, next: CheckedSync): Promise<Sync> {
    const elsewhere = leadsElsewhere('from', next, existing) || leadsElsewhere('to', next, existing);
    if (saysTheSame(next, existing) && !elsewhere) return existing;
    const sync = await this.store.replace(existing, next);
    const { slug: from } = existing;
    if (from !== undefined && from !== sync.slug)
      for (const renamed of this.#renamed) await renamed({ from, to: sync.slug ?? sync._id });
    return sync;
  }
}

function isConflict(error: unknown): error is MillraceError {
  return error instanceof MillraceError && error.code === 'conflict';
}
