import type { TraitSetting } from '#profiles';
import type { TraitFeed, TraitUse } from '../uses/index.ts';
import type { MappedSource, MappedTrait, TraitProblem } from './mapped-trait.schema.ts';
import { readSource, type Tally, type TraitTally } from './tally.ts';

export interface MapInput {
  scan: string;
  looked: number;
  tally: Tally;
  feeds: (TraitFeed & { traits: string[] })[];
  uses: TraitUse[];
  settings: ReadonlyMap<string, TraitSetting>;
  connectionNames: ReadonlyMap<string, string>;
}

const nothing: TraitTally = { profiles: 0, types: {}, lastAt: 0, outdated: 0, sources: {}, overlaps: {} };

/** One entry for every trait that is stored, fed, used or spoken of; by name. */
export function mapTraits(input: MapInput): MappedTrait[] {
  const { tally, feeds, uses, settings } = input;
  const names = new Set([
    ...Object.keys(tally),
    ...feeds.flatMap(({ traits }) => traits),
    ...uses.flatMap(({ traits }) => traits),
    ...settings.keys(),
  ]);
  return [...names].sort().map((name) => mapTrait(name, input));
}

function mapTrait(name: string, { scan, looked, tally, feeds, uses, connectionNames }: MapInput): MappedTrait {
  const told = (Object.hasOwn(tally, name) ? tally[name] : undefined) ?? nothing;
  const labelled = (source: string): MappedSource => {
    const place = readSource(source);
    const connectionName = connectionNames.get(place.connection);
    return { ...place, ...(connectionName !== undefined && { connectionName }) };
  };
  const trait = {
    _id: `${scan}/${name}`,
    scan,
    name,
    profiles: told.profiles,
    fill: looked === 0 ? 0 : told.profiles / looked,
    types: told.types,
    ...(told.lastAt > 0 && { lastAt: new Date(told.lastAt) }),
    outdated: told.outdated,
    sources: Object.entries(told.sources)
      .map(([source, { lastAt, ...counts }]) => ({ ...labelled(source), ...counts, lastAt: new Date(lastAt) }))
      .sort((x, y) => y.values - x.values),
    overlaps: Object.entries(told.overlaps)
      .map(([pair, counts]): MappedTrait['overlaps'][number] => {
        const [one = '', other = ''] = pair.split(' ');
        return { between: [labelled(one), labelled(other)], ...counts };
      })
      .sort((x, y) => y.differ - x.differ),
    feeds: feeds.filter(({ traits }) => traits.includes(name)).map(({ traits: _, ...feed }) => feed),
    usedBy: uses.filter(({ traits }) => traits.includes(name)).map(({ traits: _, ...use }) => use),
  };
  return { ...trait, problems: problemsOf(trait) };
}

function problemsOf(trait: Omit<MappedTrait, 'problems'>): TraitProblem[] {
  const fed = trait.profiles > 0 || trait.feeds.length > 0;
  const used = trait.usedBy.length > 0;
  return [
    ...(used && !fed ? (['gap'] as const) : []),
    ...(fed && !used ? (['orphan'] as const) : []),
    ...(trait.outdated > 0 ? (['outdated'] as const) : []),
    ...(trait.overlaps.some(({ differ }) => differ > 0) ? (['disagreement'] as const) : []),
  ];
}
