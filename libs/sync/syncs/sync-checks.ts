import { Injectable } from '@nestjs/common';
import type { Mapping } from '@millrace/sdk';
import { Connections, type ConnectionSummary } from '#connections';
import { byName } from '../by-name.ts';
import { Collections } from '../collections.ts';
import type { Output } from '../engine/rows/outputs.ts';
import { findStream } from '../engine/opening/stream-of.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { keptSchedule } from '../schedule/followed-sync.ts';
import { nextRunAt } from '../schedule/next-run.ts';
import { readModeOf } from './read-mode.ts';
import { knownStream } from './known-ends.ts';
import { definedOnly } from './sync-changes.ts';
import type { SyncPlaces } from './sync-places.ts';
import { checkFilter, checkMappings, outputsIn } from './sync-rules.ts';
import type { SyncConsequences } from './sync-update.ts';
import { SyncWays } from './sync-ways.ts';
import type { SyncChangeDto, SyncDto } from './sync.dto.ts';
import type { Sync, SyncFrom } from './sync.schema.ts';

/** What people say a sync should be, found to be possible. */
export type CheckedSync = Omit<Sync, '_id' | 'revision' | 'createdAt' | 'updatedAt'>;

/** Whether what people say is possible, and what it makes of a sync. */
@Injectable()
export class SyncChecks {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
    private readonly ways: SyncWays,
  ) {}

  /** What an unsaved sync, or an `existing` one after a change, would be: checked against its connections, as far as they have not said yes before. */
  async checked(dto: SyncDto, existing?: Sync): Promise<CheckedSync> {
    const from = await this.connections.summary(dto.from.connection);
    const to = await this.connections.summary(dto.to.connection);
    const explicit = outputsIn(dto);
    checkMappings(saidOutputs(explicit));
    if (dto.filter) checkFilter(dto.filter, existing?.filter);
    const ends = {
      from: definedOnly({ ...dto.from, connection: from.id }),
      to: definedOnly({ ...dto.to, connection: to.id }),
      places: placesOf(from, to),
      ...(explicit && { outputs: explicit }),
    };
    const ways = await this.ways.of(dto, ends, existing);
    const schedule = dto.schedule && (await keptSchedule(dto.schedule, this.collections.syncs, existing?._id));
    return {
      name: dto.name,
      ...(dto.slug && { slug: dto.slug }),
      ...ends,
      ...(dto.filter && { filter: dto.filter }),
      ...ways,
      ...(ways.read === 'stream' && { consumers: dto.consumers ?? 1 }),
      delivery: dto.delivery ?? 'atLeastOnce',
      drift: dto.drift ?? 'add',
      labels: dto.labels ?? [],
      paused: dto.paused ?? false,
      ...(schedule && { schedule, nextRunAt: nextRunAt(schedule, new Date()) }),
    };
  }

  /** Throws what making it so would throw. The sync that it runs after may be yet to come; with `offline` its connections, too. */
  async rehearsed({ schedule, ...dto }: SyncDto, existing: Sync | undefined, offline: boolean): Promise<void> {
    if (schedule) {
      checkSchedule(schedule);
      nextRunAt(schedule, new Date());
    }
    if (!offline) {
      await this.checked(dto, existing);
      return;
    }
    checkMappings(saidOutputs(outputsIn(dto)));
    if (dto.filter) checkFilter(dto.filter, existing?.filter);
  }

  /** Where the connections of a sync lead now. */
  async placesOf({ from, to }: Pick<Sync, 'from' | 'to'>): Promise<SyncPlaces> {
    return placesOf(await this.connections.summary(from.connection), await this.connections.summary(to.connection));
  }

  /** What says nothing about where rows come from and go to can be changed while the other systems are down. */
  async withSettings(sync: Sync, changes: SyncChangeDto): Promise<CheckedSync> {
    const schedule = changes.schedule && (await keptSchedule(changes.schedule, this.collections.syncs, sync._id));
    if (schedule) readModeOf({ ...sync, schedule }, knownStream(sync));
    const { nextRunAt: _dueBefore, ...rest } = sync;
    const next = { ...rest, ...changes, ...(schedule && { schedule }) } as CheckedSync;
    return { ...next, ...(next.schedule && { nextRunAt: nextRunAt(next.schedule, new Date()) }) };
  }

  /** A sync follows what succeeds from now on: not what did before it was told to follow, or while it was paused. */
  async followedBy(next: CheckedSync, existing?: Sync): Promise<SyncConsequences['followed']> {
    const after = next.schedule && 'after' in next.schedule ? next.schedule.after : undefined;
    if (after === undefined) return {};
    const same = existing?.schedule && 'after' in existing.schedule && existing.schedule.after === after;
    if (same && !existing.paused) return undefined;
    const leader = await this.collections.syncs.findOne({ _id: after }, { projection: { lastSuccess: 1 } });
    return leader?.lastSuccess === undefined ? {} : { success: leader.lastSuccess };
  }

  /** Whether reading the stream again costs no other system anything. */
  async replayable({ connection, stream }: SyncFrom): Promise<boolean> {
    return findStream(byName(await this.connections.streams(connection)), stream).replayable;
  }
}

function saidOutputs(explicit: Record<string, Mapping> = {}): Pick<Output, 'object' | 'mapping'>[] {
  return Object.entries(explicit).map(([object, mapping]) => ({ object, mapping }));
}

function placesOf(from: ConnectionSummary, to: ConnectionSummary): SyncPlaces {
  return { from: { connection: from.id, place: from.place }, to: { connection: to.id, place: to.place } };
}
