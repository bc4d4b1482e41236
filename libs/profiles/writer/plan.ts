import { ok, superseded, unchanged, type Effects, type Outcome } from '@millrace/sdk';
import { canonicalJson, afterJudgement, compareVersions, judge, type Judgement } from '#platform';
import type { Derivation } from '../definitions/index.ts';
import { derived, foldParts, nameOf, type Part, type PriorityOf, type Traits } from '../folding/index.ts';
import { partChanges, unsaid, type PartChange, type StoredMerge } from '../history/index.ts';
import { apartOf, mergesOf } from '../merging/index.ts';
import type { ProfileRules } from '../settings/index.ts';
import { derivedOf, type StoredProfile } from '../store/index.ts';
import type { Group } from './groups.ts';
import type { PartRow } from './part-row.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import { replayed } from './settled.ts';

/** A profile as it was read; without `before` it does not exist yet, though an identity may name it already. */
export interface Target {
  id: string;
  before?: StoredProfile;
}

/** What is to be written for one group, computed in memory. */
export interface Plan {
  group: Group;
  survivor: Target;
  /** Profiles that become one with the survivor. */
  absorbed: Target[];
  after: StoredProfile;
  /** Identities that nobody had. */
  claims: string[];
  /** Identities that point here, though the profile did not say so. */
  confirms: string[];
  /** Identities that no part says any more. */
  releases: string[];
  /** Versions of parts that are replaced; none of a newcomer. */
  changes: PartChange[];
  merges: StoredMerge[];
  /** False: everything is there already. */
  writes: boolean;
  outcomes: Outcome[];
}

export interface PlanContext {
  owners: ReadonlyMap<string, string>;
  profiles: ReadonlyMap<string, StoredProfile>;
  now: Date;
  /** A new profile id. */
  nextId: () => string;
  rules: ProfileRules;
  /** What follows from a person's traits. */
  derivation?: Derivation;
  /** Gives sensitive traits as they were told: conditions are held against these. */
  open?: (traits: Traits) => Traits;
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
  const judgements = group.rows.map((index) => apply(rows[index] as PartRow, parts));
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
  const after = profileAfter(
    { survivor, absorbed, existing, parts: joined, traits, kept, said, identitiesChanged },
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

/** A row about somebody whom nobody knows: most rows of a first load. */
function planNewcomer(group: Group, part: Part, context: PlanContext): Plan | Refusal {
  const refusal = refusalOf([], [part], part.i, context.rules.identities);
  if (refusal) return refusal;
  const survivor = { id: context.nextId() };
  return {
    group,
    survivor,
    absorbed: [],
    after: newcomer(survivor.id, part, context),
    claims: part.i,
    confirms: [],
    releases: [],
    changes: [],
    merges: [],
    writes: true,
    outcomes: [ok({ created: 1 })],
  };
}

/** What `profileAfter` gives for a single part, without its detours: hundreds of thousands of rows come here. */
function newcomer(id: string, part: Part, { now, derivation, open }: PlanContext): StoredProfile {
  const { name } = nameOf(part.t);
  const profile: StoredProfile = { _id: id, v: 1, parts: [part], ids: part.i, createdAt: now, updatedAt: now };
  if (name !== undefined) profile.name = name;
  if (!derivation) return profile;
  const person = { v: 1, ids: part.i, traits: open ? open(part.t) : part.t, createdAt: now };
  return Object.assign(profile, derivation.onWrite(person, now, { merged: false, identitiesChanged: true }));
}

interface Ingredients extends Pick<Plan, 'survivor' | 'absorbed'> {
  existing: readonly StoredProfile[];
  parts: Part[];
  traits: Traits;
  /** What is kept beside the parts. */
  kept: Pick<StoredProfile, 'ids' | 'name'>;
  /** Something is new, not only confirmed. */
  said: boolean;
  identitiesChanged: boolean;
}

/** The one place where the profile of somebody known is made. */
function profileAfter(
  { survivor: { id, before }, absorbed, existing, parts, traits, kept, said, identitiesChanged }: Ingredients,
  { now, derivation, open = (sealed) => sealed }: PlanContext,
): StoredProfile {
  const v = (before?.v ?? 0) + 1;
  const createdAt = before?.createdAt ?? now;
  const person = { v, ids: kept.ids, traits: open(traits), createdAt, before };
  return {
    _id: id,
    v,
    parts,
    ...kept,
    ...absorbedIds(before, absorbed),
    ...apartOf(existing),
    ...(derivation && (said || identitiesChanged)
      ? derivation.onWrite(person, now, { merged: absorbed.length > 0, identitiesChanged })
      : before && derivedOf(before)),
    createdAt,
    updatedAt: said ? now : (before?.updatedAt ?? now),
  };
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

function absorbedIds(before: StoredProfile | undefined, absorbed: Target[]): Pick<StoredProfile, 'absorbed'> {
  if (absorbed.length === 0) return before?.absorbed ? { absorbed: before.absorbed } : {};
  const ids = new Set([
    ...(before?.absorbed ?? []),
    ...absorbed.flatMap(({ id, before: theirs }) => [id, ...(theirs?.absorbed ?? [])]),
  ]);
  return { absorbed: [...ids].sort() };
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
