import { ok, superseded, unchanged, type Effects, type Outcome } from '@millrace/sdk';
import { canonicalJson, afterJudgement, compareVersions, judge, type Judgement } from '#platform';
import { fits, foldParts, maxParts, type Part, type PriorityOf, type Traits } from '../folding/index.ts';
import type { Derivation } from '../definitions/index.ts';
import { derivedOf, type StoredProfile } from '../store/index.ts';
import type { Group } from './groups.ts';
import { nameOf } from './name-of.ts';
import type { PartRow } from './part-row.ts';
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
  priorityOf: PriorityOf;
  /** What follows from a person's traits. */
  derivation?: Derivation;
}

/** Undefined: the rows do not fit into one profile. */
export function planGroup(
  group: Group,
  rows: readonly PartRow[],
  { owners, profiles, now, nextId, priorityOf, derivation }: PlanContext,
): Plan | undefined {
  const [only] = group.rows;
  if (only !== undefined && group.rows.length === 1 && group.profiles.length === 0) {
    return planNewcomer(group, (rows[only] as PartRow).part, nextId(), now, derivation);
  }
  const targets = group.profiles.map((id): Target => ({ id, before: profiles.get(id) })).sort(byAge);
  const survivor = targets[0] ?? { id: nextId() };
  const absorbed = targets.slice(1);
  const existing = targets.flatMap(({ before }) => before ?? []);

  const parts = new Map<string, Part>();
  for (const { parts: theirs } of existing) for (const part of theirs) keepNewer(parts, part);
  const judgements = group.rows.map((index) => apply(rows[index] as PartRow, parts));
  const joined = [...parts.values()];
  if (joined.length > 1) joined.sort((x, y) => (x.k < y.k ? -1 : 1));
  if (!fits(joined)) return undefined;

  const { traits, ids } = foldParts(joined, priorityOf);
  const claimed = new Set(ids);
  const before = survivor.before;
  const releases = existing.flatMap((profile) => profile.ids.filter((id) => !claimed.has(id)));
  const named = new Set(group.rows.flatMap((index) => (rows[index] as PartRow).part.i));
  const claims = ids.filter((id) => named.has(id) && !owners.has(id));
  const confirms = before ? ids.filter((id) => owners.has(id) && !before.ids.includes(id)) : [];
  const touched = judgements.includes('touch');
  const said =
    judgements.includes('replace') || absorbed.length > 0 || (touched && !sameTraits(traits, existing, priorityOf));
  const identitiesChanged = claims.length > 0 || confirms.length > 0 || releases.length > 0;
  const v = (before?.v ?? 0) + 1;
  const createdAt = before?.createdAt ?? now;
  const person = { v, ids, traits, createdAt, before };
  const after: StoredProfile = {
    _id: survivor.id,
    v,
    parts: joined,
    ids,
    ...nameOf(traits),
    ...absorbedIds(before, absorbed),
    ...(derivation && (said || identitiesChanged)
      ? derivation.onWrite(person, now, { merged: absorbed.length > 0, identitiesChanged })
      : before && derivedOf(before)),
    createdAt,
    updatedAt: said ? now : (before?.updatedAt ?? now),
  };
  return {
    group,
    survivor,
    absorbed,
    after,
    claims,
    confirms,
    releases,
    writes: said || touched || claims.length > 0 || !before,
    outcomes: outcomesOf(group, rows, judgements, parts, existing.length),
  };
}

/** A row about somebody whom nobody knows: most rows of a first load. */
function planNewcomer(group: Group, part: Part, id: string, now: Date, derivation?: Derivation): Plan {
  const person = { v: 1, ids: part.i, traits: part.t, createdAt: now };
  const after = {
    _id: id,
    v: 1,
    parts: [part],
    ids: part.i,
    ...nameOf(part.t),
    ...derivation?.onWrite(person, now, { merged: false, identitiesChanged: true }),
    createdAt: now,
    updatedAt: now,
  };
  return {
    group,
    survivor: { id },
    absorbed: [],
    after,
    claims: part.i,
    confirms: [],
    releases: [],
    writes: true,
    outcomes: [ok({ created: 1 })],
  };
}

/** A part that became newer without saying anything new may still win against another one. */
function sameTraits(traits: Traits, [before]: StoredProfile[], priorityOf: PriorityOf): boolean {
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
  const ids = new Set([
    ...(before?.absorbed ?? []),
    ...absorbed.flatMap(({ id, before: theirs }) => [id, ...(theirs?.absorbed ?? [])]),
  ]);
  return ids.size > 0 ? { absorbed: [...ids].sort() } : {};
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

/** Whether a profile takes no further parts. */
export function isFull(profile: StoredProfile | undefined): boolean {
  return profile !== undefined && profile.parts.length >= maxParts;
}
