import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { TraitSettings, type TraitSetting } from '#profiles';
import { QualityCollections } from '../collections.ts';
import type { MappedTrait, TraitProblem } from './mapped-trait.schema.ts';
import type { DataMapScan } from './scan.schema.ts';

export interface MapEntry {
  trait: MappedTrait;
  setting?: TraitSetting;
}

export interface MapState {
  /** The scan that the map is of. */
  latest?: DataMapScan;
  /** The one that is under way. */
  running?: DataMapScan;
}

const withoutTally = { tally: 0 } as const;

/** The data map as the latest finished scan saw it. */
@Injectable()
export class DataMap {
  constructor(
    private readonly collections: QualityCollections,
    private readonly settings: TraitSettings,
  ) {}

  async state(): Promise<MapState> {
    const { scans } = this.collections;
    const [latest, running] = await Promise.all([
      scans.find({ endedAt: { $exists: true } }, { projection: withoutTally, sort: { _id: -1 }, limit: 1 }).next(),
      scans.findOne({ open: true }, { projection: withoutTally }),
    ]);
    return { ...(latest && { latest }), ...(running && { running }) };
  }

  /** By name. */
  async traits(
    scan: string,
    { problem, after, limit }: { problem?: TraitProblem; after?: string; limit: number },
  ): Promise<MapEntry[]> {
    const filter = {
      scan,
      ...(problem && { problems: problem }),
      ...(after !== undefined && { name: { $gt: after } }),
    };
    const found = await this.collections.mappedTraits.find(filter, { sort: { name: 1 }, limit }).toArray();
    const settings = await this.settings.find(found.map(({ name }) => name));
    return found.map((trait) => ({ trait, setting: settings.get(trait.name) }));
  }

  /** Throws `not_found`. */
  async trait(name: string): Promise<MapEntry> {
    const { latest } = await this.state();
    const trait = latest && (await this.collections.mappedTraits.findOne({ _id: `${latest._id}/${name}` }));
    if (trait) return { trait, setting: (await this.settings.find([name])).get(name) };
    throw notMapped(name, latest);
  }
}

function notMapped(name: string, { partial }: Pick<DataMapScan, 'partial'> = {}): MillraceError {
  const room = partial
    ? ' There are more traits than it has room for: one that PUT /api/traits/{name} says something of is counted before others.'
    : '';
  return new MillraceError(
    'not_found',
    `The data map knows no trait "${name.slice(0, 60)}". GET /api/data-map lists them; what came since its last look is there after POST /api/data-map/refresh.${room}`,
  );
}
