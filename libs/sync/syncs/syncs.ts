import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { MillraceError, type Json } from '@millrace/sdk';
import { isDuplicate, newId } from '#platform';
import { Collections } from '../collections.ts';
import { KnownFields } from '../drift/known-fields.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import {
  definedOnly,
  isAboutItself,
  keepsItsTime,
  refuseBrokenCursor,
  refuseNoLanes,
  refuseStrayCursor,
  saysTheSame,
} from './sync-changes.ts';
import { SyncChecks, type CheckedSync } from './sync-checks.ts';
import { SyncViews, type SyncView } from './sync-views.ts';
import type { SyncChangeDto, SyncDto } from './sync.dto.ts';
import { changesRules } from './sync-rules.ts';
import type { Sync } from './sync.schema.ts';

/** Is asked before a sync is removed, and throws to object. `force`: whoever removes it knows what depends on it. */
export type SyncRemovalGuard = (sync: Sync, how: { force: boolean }) => Promise<void>;

/** Syncs: made, changed, told about. */
@Injectable()
export class Syncs {
  readonly #guards: SyncRemovalGuard[] = [];

  constructor(
    private readonly collections: Collections,
    private readonly checks: SyncChecks,
    private readonly fields: KnownFields,
    private readonly known: KnownRows,
    private readonly views: SyncViews,
  ) {}

  onRemove(guard: SyncRemovalGuard): void {
    this.#guards.push(guard);
  }

  async create(dto: SyncDto): Promise<SyncView> {
    const now = new Date();
    const checked = await this.checks.checked(dto);
    const followed = await this.checks.followedBy(checked);
    const sync: Sync = { _id: newId('syn'), ...checked, ...followed, revision: 1, createdAt: now, updatedAt: now };
    await this.unlessTaken(() => this.collections.syncs.insertOne(sync));
    return this.views.of(sync);
  }

  /** Creates the sync of that slug, or makes an existing one be exactly this. */
  async put(idOrSlug: string, dto: SyncDto): Promise<SyncView> {
    const existing = await this.find(idOrSlug);
    if (!existing) return this.create({ ...dto, slug: dto.slug ?? idOrSlug });
    return this.replace(existing, { ...dto, slug: dto.slug ?? existing.slug });
  }

  async change(idOrSlug: string, changes: SyncChangeDto): Promise<SyncView> {
    const sync = await this.require(idOrSlug);
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

  /** Lets all syncs with a label rest, or go on. */
  async pauseAll(label: string, paused: boolean): Promise<SyncView[]> {
    const labelled = await this.collections.syncs.find({ labels: label }, { sort: { _id: 1 } }).toArray();
    const changed: SyncView[] = [];
    for (const sync of labelled) changed.push(await this.save(sync, await this.checks.withSettings(sync, { paused })));
    return changed;
  }

  async get(idOrSlug: string): Promise<SyncView> {
    return this.views.of(await this.require(idOrSlug));
  }

  async list({ label, after, limit }: { label?: string; after?: string; limit: number }): Promise<SyncView[]> {
    const filter: mongo.Filter<Sync> = { ...(label && { labels: label }), ...(after && { _id: { $gt: after } }) };
    const syncs = await this.collections.syncs.find(filter, { sort: { _id: 1 }, limit }).toArray();
    return Promise.all(syncs.map((sync) => this.views.of(sync)));
  }

  /** Removes a sync that is not running; its runs remain as history. */
  async remove(idOrSlug: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    const sync = await this.require(idOrSlug);
    if (await this.views.activeRun(sync._id))
      throw new MillraceError('run_active', 'The sync is running. Cancel the run first.');
    const follower = await this.collections.syncs.findOne({ 'schedule.after': sync._id }, { projection: { name: 1 } });
    if (follower)
      throw new MillraceError(
        'conflict',
        `Sync "${follower.name}" (${follower._id}) runs after it. Change its schedule first.`,
      );
    for (const guard of this.#guards) await guard(sync, { force });
    await this.collections.syncs.deleteOne({ _id: sync._id });
    await this.fields.forget(sync._id);
    await this.known.forgetSync(sync._id);
  }

  /** Where the next run starts; `null`: it reads everything. */
  async startFrom(idOrSlug: string, startsFrom: Json): Promise<SyncView> {
    refuseBrokenCursor(startsFrom);
    const { _id, read, startsFrom: before } = await this.require(idOrSlug);
    refuseStrayCursor(startsFrom, before);
    if (read === 'stream') refuseNoLanes(startsFrom);
    if (read === 'stream' && (await this.views.activeRun(_id)))
      throw new MillraceError(
        'run_active',
        'The stream is being followed. Pause the sync, and set it once the run has ended.',
      );
    await this.collections.syncs.updateOne(
      { _id },
      startsFrom === null ? { $unset: { startsFrom: '' } } : { $set: { startsFrom } },
    );
    return this.get(_id);
  }

  async require(idOrSlug: string): Promise<Sync> {
    const sync = await this.find(idOrSlug);
    if (!sync) throw new MillraceError('not_found', `There is no sync "${idOrSlug}". GET /api/syncs lists them.`);
    return sync;
  }

  /** Says which sync still needs a connection that is about to be removed. */
  async usedBy(connection: string): Promise<string | undefined> {
    const sync = await this.collections.syncs.findOne({
      $or: [{ 'from.connection': connection }, { 'to.connection': connection }],
    });
    return sync ? `The connection is used by sync "${sync.name}" (${sync._id}). Remove that sync first.` : undefined;
  }

  private async replace(existing: Sync, dto: SyncDto): Promise<SyncView> {
    return this.save(existing, await this.checks.checked(dto, existing._id));
  }

  private async save(existing: Sync, next: CheckedSync): Promise<SyncView> {
    if (saysTheSame(next, existing)) return this.views.of(existing);
    const sync = await this.successor(existing, next);
    const { matchedCount } = await this.unlessTaken(() =>
      this.collections.syncs.replaceOne({ _id: existing._id, revision: existing.revision }, sync),
    );
    if (matchedCount === 0)
      throw new MillraceError(
        'conflict',
        'The sync was changed by somebody else meanwhile. Read it again, then repeat.',
      );
    // Another destination has nothing yet of what the former one was sent.
    if (JSON.stringify(next.to) !== JSON.stringify(existing.to)) await this.known.forgetSync(sync._id);
    return this.views.of(sync);
  }

  /** The sync as it is next: what people say, and what stays of what it has done. */
  private async successor(existing: Sync, next: CheckedSync): Promise<Sync> {
    // What is read differently has to be read from the start; a changed mapping alone goes on where it was, unless a replay costs nobody anything.
    const sameSource =
      JSON.stringify(next.from) === JSON.stringify(existing.from) &&
      (next.read === 'stream') === (existing.read === 'stream');
    const anew = !sameSource || (changesRules(next, existing) && (await this.checks.replayable(next.from)));
    const anewSince = anew ? existing.revision + 1 : existing.anewSince;
    return {
      ...next,
      _id: existing._id,
      ...(!anew && existing.startsFrom !== undefined && { startsFrom: existing.startsFrom }),
      ...(anewSince !== undefined && { anewSince }),
      ...(existing.lastRun && { lastRun: existing.lastRun }),
      ...(existing.lastSuccess && { lastSuccess: existing.lastSuccess }),
      ...(await this.checks.followedBy(next, existing)),
      ...(keepsItsTime(next, existing) && { nextRunAt: existing.nextRunAt }),
      ...(sameSource && existing.reaches && { reaches: existing.reaches }),
      ...(existing.fieldsOf && { fieldsOf: existing.fieldsOf }),
      revision: existing.revision + 1,
      createdAt: existing.createdAt,
      updatedAt: new Date(),
    };
  }

  private find(idOrSlug: string): Promise<Sync | null> {
    return this.collections.syncs.findOne(idOrSlug.startsWith('syn_') ? { _id: idOrSlug } : { slug: idOrSlug });
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
