import { Schema } from 'mongoose';
import type { TraitFeed, TraitUse } from '../uses/index.ts';
import type { ValueType } from './tally.ts';

/** `gap`: used, but nothing feeds it; `orphan`: fed, but used nowhere; `outdated`: values older than its limit; `disagreement`: sources differ. */
export const traitProblems = ['gap', 'orphan', 'outdated', 'disagreement'] as const;
export type TraitProblem = (typeof traitProblems)[number];

export interface MappedSource {
  connection: string;
  connectionName?: string;
  stream: string;
}

/** A trait as a scan saw it. */
export interface MappedTrait {
  /** `<scan>/<name>` */
  _id: string;
  scan: string;
  name: string;
  profiles: number;
  /** Share of the profiles that were looked at. */
  fill: number;
  types: Partial<Record<ValueType, number>>;
  lastAt?: Date;
  outdated: number;
  sources: (MappedSource & { values: number; wins: number; lastAt: Date })[];
  overlaps: { between: [MappedSource, MappedSource]; both: number; differ: number }[];
  /** Syncs whose mapping names it. */
  feeds: TraitFeed[];
  usedBy: Omit<TraitUse, 'traits'>[];
  problems: TraitProblem[];
}

export const mappedTraitModel = 'MappedTrait';

export const mappedTraitSchema = new Schema(
  {
    _id: String,
    scan: { type: String, required: true },
    name: { type: String, required: true },
    profiles: { type: Number, required: true },
    fill: { type: Number, required: true },
    types: Schema.Types.Mixed,
    lastAt: Date,
    outdated: { type: Number, required: true },
    sources: Schema.Types.Mixed,
    overlaps: Schema.Types.Mixed,
    feeds: Schema.Types.Mixed,
    usedBy: Schema.Types.Mixed,
    problems: { type: [String], default: [] },
  },
  { collection: 'data_map_traits', versionKey: false, minimize: false },
);

mappedTraitSchema.index({ scan: 1, name: 1 });
mappedTraitSchema.index({ scan: 1, problems: 1, name: 1 });
