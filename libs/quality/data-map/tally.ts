import { parseDuration, type Json } from '@millrace/sdk';
import { canonicalJson } from '#platform';
import type { ScannedPart, ScannedProfile } from '#profiles';

export const valueTypes = ['text', 'time', 'number', 'boolean', 'list', 'object'] as const;
export type ValueType = (typeof valueTypes)[number];

export interface SourceTally {
  /** Profiles for which this source tells a value, and those where that is the one that counts. */
  values: number;
  wins: number;
  /** Milliseconds. */
  lastAt: number;
}

export interface TraitTally {
  profiles: number;
  types: Partial<Record<ValueType, number>>;
  lastAt: number;
  /** Profiles whose value is older than the trait's limit. */
  outdated: number;
  /** By source. */
  sources: Record<string, SourceTally>;
  /** By two sources that both tell the trait of a profile. */
  overlaps: Record<string, { both: number; differ: number }>;
  /** Values that are stored in the clear though the trait is sensitive, or sealed though it is not. */
  astray?: number;
}

/** By trait. Bounded, so that it fits into one document: what goes beyond is not told. */
export type Tally = Record<string, TraitTally>;

const mostTraits = 1_000;
const mostSources = 16;
const mostOverlaps = 24;
const mostCompared = 6;

/** A tally that has room for these traits, whatever else there is: as many as it can hold. */
export function emptyTally(names: readonly string[]): Tally {
  return Object.fromEntries(names.slice(0, mostTraits).map((name) => [name, emptyTrait()]));
}

/** Adds a profile to a tally; gives whether there was room for all its traits. @param limits trait → how old a value may be, as in `90d` */
export function addProfile(
  tally: Tally,
  profile: ScannedProfile,
  limits: ReadonlyMap<string, string>,
  now: number,
): boolean {
  let whole = true;
  for (const [name, value] of Object.entries(profile.traits)) {
    const trait = entryOf(tally, name, mostTraits, emptyTrait);
    if (!trait) {
      whole = false;
      continue;
    }
    const winner = profile.parts[profile.from[name] ?? -1];
    trait.profiles += 1;
    const type = typeOf(value);
    trait.types[type] = (trait.types[type] ?? 0) + 1;
    const limit = parseDuration(limits.get(name));
    if (winner && limit && now - winner.at > limit.milliseconds) trait.outdated += 1;
    addSources(trait, name, profile.parts, winner);
  }
  return whole;
}

function addSources(trait: TraitTally, name: string, parts: ScannedPart[], winner: ScannedPart | undefined): void {
  const newest = new Map<string, ScannedPart>();
  for (const part of parts) {
    if (!Object.hasOwn(part.traits, name)) continue;
    if (part.astray.includes(name)) trait.astray = (trait.astray ?? 0) + 1;
    const source = sourceOf(part);
    const known = newest.get(source);
    if (!known || part.at > known.at) newest.set(source, part);
  }
  for (const [source, { at }] of newest) {
    const told = entryOf(trait.sources, source, mostSources, (): SourceTally => ({ values: 0, wins: 0, lastAt: 0 }));
    if (!told) continue;
    told.values += 1;
    if (winner && sourceOf(winner) === source) told.wins += 1;
    told.lastAt = Math.max(told.lastAt, at);
    trait.lastAt = Math.max(trait.lastAt, at);
  }
  if (newest.size > 1) addOverlaps(trait, name, [...newest].slice(0, mostCompared));
}

function addOverlaps(trait: TraitTally, name: string, told: [string, ScannedPart][]): void {
  const values = told
    .map(([source, { traits }]): [string, string] => [source, canonicalJson(traits[name] ?? null)])
    .sort(([x], [y]) => (x < y ? -1 : 1));
  values.forEach(([source, value], index) => {
    for (const [other, otherValue] of values.slice(index + 1)) {
      const pair = entryOf(trait.overlaps, `${source} ${other}`, mostOverlaps, () => ({ both: 0, differ: 0 }));
      if (!pair) continue;
      pair.both += 1;
      if (value !== otherValue) pair.differ += 1;
    }
  });
}

/** `<connection>/<stream>`, each without blanks and slashes. */
export function sourceOf({ origin: { connection, stream } }: Pick<ScannedPart, 'origin'>): string {
  return `${encodeURIComponent(connection)}/${encodeURIComponent(stream)}`;
}

export function readSource(source: string): { connection: string; stream: string } {
  const [connection = '', stream = ''] = source.split('/').map(decodeURIComponent);
  return { connection, stream };
}

function emptyTrait(): TraitTally {
  return { profiles: 0, types: {}, lastAt: 0, outdated: 0, sources: {}, overlaps: {} };
}

function entryOf<T>(entries: Record<string, T>, key: string, most: number, empty: () => T): T | undefined {
  if (Object.hasOwn(entries, key)) return entries[key];
  if (Object.keys(entries).length >= most) return undefined;
  return (entries[key] = empty());
}

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/;

function typeOf(value: Json): ValueType {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as ValueType;
  if (typeof value === 'object') return 'object';
  return isoTime.test(value) && !Number.isNaN(Date.parse(value)) ? 'time' : 'text';
}
