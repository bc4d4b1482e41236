import { Injectable } from '@nestjs/common';
import type { Filter } from 'mongodb';
import { MillraceError, type Json, type WriteMode } from '@millrace/sdk';
import { Connections } from '#connections';
import { canonicalJson, newId } from '#platform';
import { Collections } from '../collections.ts';
import type { Run } from '../runs/run.schema.ts';
import { KnownFields } from '../drift/known-fields.ts';
import { outputsOf, type Output } from '../engine/outputs.ts';
import { findStream } from '../engine/open-run.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import { nextRunAt } from '../schedule/next-run.ts';
import { listeningOf, type Listening } from './listening.ts';
import { readModeOf } from './read-mode.ts';
import { conditionOf, type SyncCondition } from './sync-state.ts';
import type { SyncChangeDto, SyncDto } from './sync.dto.ts';
import { changesRules, checkRules, outputsIn } from './sync-rules.ts';
import type { Sync, SyncFrom } from './sync.schema.ts';

export type SyncView = Sync & SyncCondition & { activeRun?: string };

/** Syncs: made, changed, told about. */
@Injectable()
export class Syncs {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
    private readonly fields: KnownFields,
    private readonly known: KnownRows,
  ) {}

  async create(dto: SyncDto): Promise<SyncView> {
    const now = new Date();
    const sync: Sync = { _id: newId('syn'), ...(await this.checked(dto)), revision: 1, createdAt: now, updatedAt: now };
    await this.unlessTaken(() => this.collections.syncs.insertOne(sync));
    return this.view(sync);
  }

  /** Creates the sync of that slug, or makes an existing one be exactly this. */
  async put(idOrSlug: string, dto: SyncDto): Promise<SyncView> {
    const existing = await this.find(idOrSlug);
    if (!existing) return this.create({ ...dto, slug: dto.slug ?? idOrSlug });
    return this.replace(existing, { ...dto, slug: dto.slug ?? existing.slug });
  }

  async change(idOrSlug: string, changes: SyncChangeDto): Promise<SyncView> {
    const sync = await this.require(idOrSlug);
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

  async get(idOrSlug: string): Promise<SyncView> {
    return this.view(await this.require(idOrSlug));
  }

  async list({ label, after, limit }: { label?: string; after?: string; limit: number }): Promise<SyncView[]> {
    const filter: Filter<Sync> = { ...(label && { labels: label }), ...(after && { _id: { $gt: after } }) };
    const syncs = await this.collections.syncs.find(filter, { sort: { _id: 1 }, limit }).toArray();
    return Promise.all(syncs.map((sync) => this.view(sync)));
  }

  /** Removes a sync that is not running; its runs remain as history. */
  async remove(idOrSlug: string): Promise<void> {
    const sync = await this.require(idOrSlug);
    if (await this.activeRun(sync._id))
      throw new MillraceError('run_active', 'The sync is running. Cancel the run first.');
    await this.collections.syncs.deleteOne({ _id: sync._id });
    await this.fields.forget(sync._id);
    await this.known.forgetSync(sync._id);
  }

  /** Where the next run starts; `null`: it reads everything. */
  async startFrom(idOrSlug: string, startsFrom: Json): Promise<SyncView> {
    const { _id, read } = await this.require(idOrSlug);
    if (read === 'stream' && (await this.activeRun(_id)))
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

  /** What an unsaved sync would be: checked against its connections. */
  async checked(dto: SyncDto): Promise<Omit<Sync, '_id' | 'revision' | 'createdAt' | 'updatedAt'>> {
    const from = await this.connections.summary(dto.from.connection);
    const to = await this.connections.summary(dto.to.connection);
    const explicit = outputsIn(dto);
    checkRules(explicit, dto.filter);
    const stream = findStream(byName(await this.connections.streams(from.id)), dto.from.stream);
    const objects = byName(await this.connections.objects(to.id));
    const outputs = outputsOf({ to: dto.to, outputs: explicit }, stream, objects);
    checkRules(Object.fromEntries(outputs.map(({ object, mapping }) => [object, mapping])), undefined);
    const schedule = dto.schedule;
    const mode = writeMode(dto, outputs);
    const read = readModeOf({ ...dto, mode }, stream);
    return {
      name: dto.name,
      ...(dto.slug && { slug: dto.slug }),
      from: definedOnly({ ...dto.from, connection: from.id }),
      to: definedOnly({ ...dto.to, connection: to.id }),
      ...(explicit && { outputs: explicit }),
      ...(dto.filter && { filter: dto.filter }),
      read,
      ...(read === 'stream' && { consumers: dto.consumers ?? 1 }),
      mode,
      delivery: dto.delivery ?? 'atLeastOnce',
      drift: dto.drift ?? 'add',
      labels: dto.labels ?? [],
      paused: dto.paused ?? false,
      ...(schedule && { schedule, nextRunAt: nextRunAt(schedule, new Date()) }),
    };
  }

  private async replace(existing: Sync, dto: SyncDto): Promise<SyncView> {
    const next = await this.checked(dto);
    if (saysTheSame(next, existing)) return this.view(existing);
    // What is read differently has to be read from the start; a changed mapping alone goes on where it was, unless a replay costs nobody anything.
    const sameSource =
      JSON.stringify(next.from) === JSON.stringify(existing.from) &&
      (next.read === 'stream') === (existing.read === 'stream');
    const anew = !sameSource || (changesRules(next, existing) && (await this.replayable(next.from)));
    const anewSince = anew ? existing.revision + 1 : existing.anewSince;
    const sync: Sync = {
      ...next,
      _id: existing._id,
      ...(!anew && existing.startsFrom !== undefined && { startsFrom: existing.startsFrom }),
      ...(anewSince !== undefined && { anewSince }),
      ...(existing.lastRun && { lastRun: existing.lastRun }),
      ...(sameSource && existing.reaches && { reaches: existing.reaches }),
      ...(existing.fieldsOf && { fieldsOf: existing.fieldsOf }),
      revision: existing.revision + 1,
      createdAt: existing.createdAt,
      updatedAt: new Date(),
    };
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
    return this.view(sync);
  }

  private async replayable({ connection, stream }: SyncFrom): Promise<boolean> {
    return findStream(byName(await this.connections.streams(connection)), stream).replayable;
  }

  private find(idOrSlug: string): Promise<Sync | null> {
    return this.collections.syncs.findOne(idOrSlug.startsWith('syn_') ? { _id: idOrSlug } : { slug: idOrSlug });
  }

  private activeRun(sync: string) {
    return this.collections.runs.findOne(
      { sync, active: true },
      { projection: { state: 1, error: 1, notBefore: 1, reason: 1, startedAt: 1 } },
    );
  }

  private async view(sync: Sync): Promise<SyncView> {
    const activeRun = (await this.activeRun(sync._id)) ?? undefined;
    const disabled = await this.disabledReason(sync);
    const listening = sync.read === 'stream' && activeRun ? await this.listening(activeRun) : undefined;
    const condition = conditionOf(sync, { disabled, activeRun, listening });
    return { ...sync, ...condition, ...(activeRun && { activeRun: activeRun._id }) };
  }

  private async listening(run: Pick<Run, '_id' | 'startedAt'>): Promise<Listening | undefined> {
    const shown = { ledger: 1, lastRowAt: 1, state: 1, error: 1, notBefore: 1 };
    return listeningOf(run, await this.collections.slices.find({ run: run._id }, { projection: shown }).toArray());
  }

  private async disabledReason({ from, to }: Sync): Promise<string | undefined> {
    for (const connection of [from.connection, to.connection]) {
      const { connector, name, enabled, reason: why } = await this.connections.summary(connection);
      if (enabled) continue;
      return `The connector "${connector}" of connection "${name}" is disabled${why ? `: ${why}` : '.'} The sync rests until it is enabled.`;
    }
    return undefined;
  }

  private async unlessTaken<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if ((error as { code?: number }).code !== 11000) throw error;
      throw new MillraceError(
        'conflict',
        'Another sync has this slug. Choose another one, or PUT to change that sync.',
        { cause: error },
      );
    }
  }
}

function writeMode(dto: SyncDto, outputs: Output<{ modes: WriteMode[] }>[]): Sync['mode'] {
  const wanted = dto.mode ?? outputs[0]?.definition.modes[0] ?? 'upsert';
  const unable = outputs.find(({ definition }) => !canWrite(definition.modes, wanted));
  if (!unable) return wanted;
  throw new MillraceError(
    'bad_request',
    `"${unable.object}" cannot "${wanted}"; it can: ${unable.definition.modes.join(', ')}. Change \`mode\`.`,
  );
}

/** What a sync is beside what people say it should be. */
const kept = new Set<string>([
  '_id',
  'revision',
  'createdAt',
  'updatedAt',
  'startsFrom',
  'anewSince',
  'reaches',
  'lastRun',
  'nextRunAt',
  'reaches',
  'fieldsOf',
] satisfies (keyof Sync)[]);

function saysTheSame(next: Partial<Sync>, existing: Sync): boolean {
  const said = (sync: Partial<Sync>) =>
    canonicalJson(definedOnly(Object.fromEntries(Object.entries(sync).filter(([name]) => !kept.has(name)))));
  return said(next) === said(existing);
}

/** A mirror has to see everything to know what is gone. */
/** The engine makes a mirror of whatever can be upserted and deleted. */
function canWrite(modes: WriteMode[], wanted: WriteMode): boolean {
  return modes.includes(wanted) || (wanted === 'mirror' && modes.includes('upsert') && modes.includes('delete'));
}

function byName<T extends { name: string }>(list: T[]): Record<string, T> {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}

function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
