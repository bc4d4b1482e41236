import { ok, superseded, unchanged, type Effects, type Outcome } from '@millrace/sdk';
import { canonicalJson, afterJudgement, compareVersions, judge, type Judgement } from '#platform';
import { derived, foldParts, type Part, type PriorityOf, type Traits } from '../folding/index.ts';
import { partChanges, unsaid, type PartChange, type StoredMerge } from '../history/index.ts';
import { letsGo, looseness, mergesOf } from '../merging/index.ts';
import type { StoredProfile } from '../store/index.ts';
import type { Group } from './groups.ts';
import type { PartRow } from './part-row.ts';
import { newcomer, profileAfter, type PlanContext, type Target } from './profile-after.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import { replayed } from './settled.ts';

/** What is to be written for one group, computed in memory. */
export interface Plan {
  group: Group;
  survivor: Target;
  /** Profiles that become one with the survivor. */
  absorbed: readonly Target[];
  after: StoredProfile;
  /** Identities that nobody had. */
  claims: readonly string[];
  /** Identities that point here, though the profile did not say so. */
  confirms: readonly string[];
  /** Identities that no part says any more. */
  releases: readonly string[];
  /** Versions of parts that are replaced; none of a newcomer. */
  changes: readonly PartChange[];
  merges: readonly StoredMerge[];
  /** False: everything is there already. */
  writes: boolean;
  outcomes: readonly Outcome[];
}

/** Or why the rows cannot become one profile. */
export function planGroup(group: Group, rows: readonly PartRow[], context: PlanContext): Plan | Refusal {
  const [only] = group.rows;
  if (only !== undefined && group.rows.length === 1 && group.profiles.length === 0) {
    return planNewcomer(group, (rows[only] as PartRow).part, context);
  }
  const { owners, profiles, nextId, rules } = context;
  const targets = group.profiles.map((id): Target => ({ id, before: profiles.get(id) })).sort(byAge);
  const survivor = targets[0] ?? { id: nextId() };
  const absorbed = targets.slice(1);
  const existing = targets.flatMap(({ before }) => before ?? []);

  const parts = new Map<string, Part>();
  for (const { parts: theirs } of existing) for (const part of theirs) keepNewer(parts, part);
  let letGo = false;
  const judgements = group.rows.map((index) => {
    const row = rows[index] as PartRow;
    const known = parts.get(row.part.k);
    const judgement = apply(row, parts);
    const kept = parts.get(row.part.k) as Part;
    letGo ||= letsGo(row.part, kept) || (known !== undefined && letsGo(known, kept));
    return judgement;
  });
  const joined = [...parts.values()];
  if (joined.length > 1) joined.sort((x, y) => (x.k < y.k ? -1 : 1));
  const { traits, ...kept } = derived(joined, rules.priorityOf);
  const refusal = refusalOf(existing, joined, kept.ids, rules.identities);
  if (refusal) return refusal;

  const before = survivor.before;
  const touched = judgements.includes('touch');
  const touchDecides = touched && !sameTraits(traits, existing, rules.priorityOf);
  const said = judgements.includes('replace') || absorbed.length > 0 || touchDecides;
  const claims = claimsOf(group, rows, kept.ids, owners);
  const confirms = before ? kept.ids.filter((id) => owners.has(id) && !before.ids.includes(id)) : [];
  const releases = releasesOf(existing, kept.ids);
  const identitiesChanged = claims.length > 0 || confirms.length > 0 || releases.length > 0;
  // What one row says of somebody who says so too is connected. Everything else is looked at, for the price of no read.
  const mayBeLoose = letGo || absorbed.length > 0 || confirms.length > 0 || (!before && group.profiles.length > 0);
  const loose = mayBeLoose ? looseness(joined, before?.looseAt ?? context.now) : looseOf(before);
  const after = profileAfter(
    {
      ...{ survivor, absorbed, existing, parts: joined, traits, kept, loose, said, identitiesChanged },
      saidAt: saidAt(group, rows),
    },
    context,
  );
  return {
    group,
    survivor,
    absorbed,
    after,
    claims,
    confirms,
    releases,
    ...pastOf(group, rows, { existing, after, owners, said, touchDecides }),
    writes: said || touched || claims.length > 0 || !before,
    outcomes: outcomesOf(group, rows, judgements, parts, existing.length),
  };
}

const none: readonly never[] = [];
const made: readonly Outcome[] = [ok({ created: 1 })];
const gone: readonly Outcome[] = [ok({ deleted: 1 })];

/** A row about somebody whom nobody knows: most rows of a first load, so that what is the same of all of them is made once. */
function planNewcomer(group: Group, part: Part, context: PlanContext): Plan | Refusal {
  const refusal = refusalOf([], [part], part.i, context.rules.identities);
  if (refusal) return refusal;
  const survivor = { id: context.nextId() };
  return {
    group,
    survivor,
    absorbed: none,
    after: newcomer(survivor.id, part, context),
    claims: part.i,
    confirms: none,
    releases: none,
    changes: none,
    merges: none,
    writes: true,
    outcomes: part.d ? gone : made,
  };
}

function looseOf(before: StoredProfile | undefined): Pick<StoredProfile, 'looseAt'> {
  return before?.looseAt ? { looseAt: before.looseAt } : {};
}

function saidAt({ rows: indexes }: Group, rows: readonly PartRow[]): number {
  return Math.max(...indexes.map((index) => (rows[index] as PartRow).part.a));
}

function claimsOf(
  { rows: indexes, profiles }: Group,
  rows: readonly PartRow[],
  ids: string[],
  owners: ReadonlyMap<string, string>,
): string[] {
  if (profiles.length === 0) return ids;
  const named = new Set(indexes.flatMap((index) => (rows[index] as PartRow).part.i));
  return ids.filter((id) => named.has(id) && !owners.has(id));
}

function releasesOf(existing: readonly StoredProfile[], ids: string[]): string[] {
  if (existing.length === 0) return [];
  const claimed = new Set(ids);
  return existing.flatMap((profile) => profile.ids.filter((id) => !claimed.has(id)));
}

interface Written {
  existing: readonly StoredProfile[];
  after: StoredProfile;
  owners: ReadonlyMap<string, string>;
  said: boolean;
  touchDecides: boolean;
}

/** What the history gets: nothing of newcomers, and nothing where nothing was said. */
function pastOf(
  group: Group,
  rows: readonly PartRow[],
  { existing: [before, ...ended], after, owners, said, touchDecides }: Written,
): Pick<Plan, 'changes' | 'merges'> {
  if (!before || !said) return { changes: [], merges: [] };
  const at = after.updatedAt;
  const changes = partChanges(
    { profile: after._id, v: after.v, at, before: before.parts, after: after.parts },
    touchDecides,
  );
  if (ended.length === 0) return { changes, merges: [] };
  const parts = group.rows.map((index) => (rows[index] as PartRow).part);
  const rowKeys = new Set(parts.map(({ k }) => k));
  return {
    changes: [
      ...changes.map((change) => (rowKeys.has(change.k) ? change : unsaid(change))),
      ...ended.flatMap((profile) =>
        partChanges({ profile: profile._id, v: profile.v + 1, at, before: profile.parts, after: [] }).map(unsaid),
      ),
    ],
    merges: mergesOf({ into: before, absorbed: ended, parts, owners, at }),
  };
}

/** A part that became newer without saying anything new may still win against another one. */
function sameTraits(traits: Traits, [before]: readonly StoredProfile[], priorityOf: PriorityOf): boolean {
  return before !== undefined && canonicalJson(foldParts(before.parts, priorityOf).traits) === canonicalJson(traits);
}

/** Existing ones first, then by id, which is by age. */
function byAge(x: Target, y: Target): number {
  return Number(Boolean(y.before)) - Number(Boolean(x.before)) || (x.id < y.id ? -1 : 1);
}

function keepNewer(parts: Map<string, Part>, part: Part): void {
  const known = parts.get(part.k);
  if (!known || compareVersions(part, known) > 0) parts.set(part.k, part);
}

function apply({ part, undated }: PartRow, parts: Map<string, Part>): Judgement {
  const known = parts.get(part.k);
  const judgement = judge(part, known, undated);
  const kept = afterJudgement(judgement, part, known);
  if (kept && kept !== known) parts.set(part.k, kept);
  return judgement;
}

function outcomesOf(
  group: Group,
  rows: readonly PartRow[],
  judgements: Judgement[],
  parts: Map<string, Part>,
  existing: number,
): Outcome[] {
  let first = true;
  return judgements.map((judgement, i) => {
    const row = rows[group.rows[i] as number] as PartRow;
    if (judgement === 'same' || judgement === 'touch') return unchanged();
    if (judgement === 'replayed') return replayed(row, false);
    if (judgement === 'older' || parts.get(row.part.k)?.h !== row.part.h) return superseded();
    const effects: Effects = row.part.d ? { deleted: 1 } : first && existing === 0 ? { created: 1 } : { updated: 1 };
    if (first && existing > 1) effects.merged = existing - 1;
    first = false;
    return ok(effects);
  });
}
