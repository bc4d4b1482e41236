import { Injectable } from '@nestjs/common';
import { carryOn, lostRace, newId, type CarryOnOptions } from '#platform';
import { StoreScan, TraitSealer, TraitSettings } from '#profiles';
import { QualityCollections } from '../collections.ts';
import { ConnectionLabels } from '../connection-labels.ts';
import { TraitFeeds, TraitUsers, type TraitFeed, type TraitUse } from '../uses/index.ts';
import { mapTraits } from './map-traits.ts';
import type { DataMapScan } from './scan.schema.ts';
import { addProfile, emptyTally, readSource, type Tally } from './tally.ts';

const atATime = 500;
const keptScans = 20;
/** Of templates, audiences and the like, and of syncs: what goes beyond is not looked at. */
const mostUses = 5_000;

/** Makes data maps: looks at all profiles, page by page, and joins what it saw with what feeds traits and what uses them. */
@Injectable()
export class DataMapScanner {
  constructor(
    private readonly collections: QualityCollections,
    private readonly store: StoreScan,
    private readonly settings: TraitSettings,
    private readonly sealer: TraitSealer,
    private readonly feeds: TraitFeeds,
    private readonly users: TraitUsers,
    private readonly labels: ConnectionLabels,
  ) {}

  /** The scan that is under way, or a new one. */
  async begin(): Promise<DataMapScan> {
    const fresh = { _id: newId('dms'), looked: 0, total: await this.store.count(), startedAt: new Date() };
    const scan: DataMapScan = { ...fresh, open: true };
    try {
      await this.collections.scans.insertOne(scan);
      return scan;
    } catch (error) {
      if (!lostRace(error)) throw error;
      return (await this.collections.scans.findOne({ open: true }, { projection: { tally: 0 } })) ?? this.begin();
    }
  }

  /** Goes on with the scan that is under way, if no other process does. */
  async carryOn(options: CarryOnOptions = {}): Promise<void> {
    const scan = await this.collections.scans.findOne({ open: true }, { projection: { _id: 1 } });
    if (!scan) return;
    const end = await carryOn(this.collections.scans, scan._id, (work) => this.step(work), options);
    if (end === 'ended') await this.forgetOlder(scan._id);
  }

  private async step({ _id, position, looked, tally: told, partial }: DataMapScan): Promise<Partial<DataMapScan>> {
    const tally = told === undefined ? await this.firstTally() : (JSON.parse(told) as Tally);
    const settings = await this.settings.all();
    const limits = new Map(
      [...settings].flatMap(([name, { freshness }]) => (freshness === undefined ? [] : [[name, freshness]])),
    );
    const { items, next } = await this.store.profiles(position, atATime);
    const now = Date.now();
    const isWhole = items.map((profile) => addProfile(tally, profile, limits, now)).every(Boolean);
    const progress = {
      ...{ looked: looked + items.length, tally: JSON.stringify(tally) },
      ...((partial ?? !isWhole) && { partial: true as const }),
    };
    if (next !== undefined) return { ...progress, position: next };
    await this.finish(_id, progress.looked, tally);
    return { ...progress, tally: '{}', open: false, endedAt: new Date() };
  }

  /** What somebody feeds, uses or speaks of is counted, however many other traits there are. */
  private async firstTally(): Promise<Tally> {
    const { feeds, uses, settings } = await this.surroundings();
    const told = [...uses, ...feeds].flatMap(({ traits }) => traits);
    return emptyTally([...new Set([...told, ...settings.keys()])]);
  }

  private async surroundings() {
    const [feeds, uses, settings] = await Promise.all([
      taken<TraitFeed & { traits: string[] }>(this.feeds.all()),
      taken<TraitUse>(this.users.all()),
      this.settings.all(),
    ]);
    return { feeds, uses, settings };
  }

  /** Repeatable: entries have ids of their own. */
  private async finish(scan: string, looked: number, tally: Tally): Promise<void> {
    const { feeds, uses, settings } = await this.surroundings();
    const sources = Object.values(tally).flatMap((trait) => Object.keys(trait.sources));
    const connectionNames = await this.labels.of(sources.map((source) => readSource(source).connection));
    const traits = mapTraits({ scan, looked, tally, feeds, uses, settings, connectionNames });
    const { mappedTraits } = this.collections;
    if (traits.length > 0) {
      await mappedTraits.bulkWrite(
        traits.map(({ _id, ...trait }) => ({ replaceOne: { filter: { _id }, replacement: trait, upsert: true } })),
        { ordered: false },
      );
    }
    await this.sealAnew(tally, settings);
  }

  /** A write that overtook the sealing of its trait, or the opening, left values as they were before: it is done again. */
  private async sealAnew(tally: Tally, settings: ReadonlyMap<string, { sensitive: boolean }>): Promise<void> {
    const names = Object.keys(tally).filter((name) => (tally[name]?.astray ?? 0) > 0);
    const sealings = await this.sealer.find(names);
    for (const name of names)
      if (sealings.get(name)?.endedAt) await this.sealer.begin(name, settings.get(name)?.sensitive ?? false);
  }

  private async forgetOlder(scan: string): Promise<void> {
    const { mappedTraits, scans } = this.collections;
    await mappedTraits.deleteMany({ scan: { $lt: scan } });
    const [oldest] = await scans.find({}, { sort: { _id: -1 }, skip: keptScans, limit: 1 }).toArray();
    if (oldest) await scans.deleteMany({ _id: { $lte: oldest._id } });
  }
}

async function taken<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) if (list.push(item) >= mostUses) break;
  return list;
}
