import type { Watched } from '../causes/index.ts';
import type { Derivation } from '../definitions/index.ts';
import { foldParts, nameOf, type Part, type Traits } from '../folding/index.ts';
import type { Source } from '../measures/index.ts';
import { apartOf } from '../merging/index.ts';
import type { ProfileRules } from '../settings/index.ts';
import { derivedOf, traitChanges, withTraitChanges, type StoredProfile } from '../store/index.ts';

/** A profile as it was read; without `before` it does not exist yet, though an identity may name it already. */
export interface Target {
  id: string;
  before?: StoredProfile;
}

export interface PlanContext {
  owners: ReadonlyMap<string, string>;
  profiles: ReadonlyMap<string, StoredProfile>;
  now: Date;
  /** A new profile id. */
  nextId: () => string;
  rules: ProfileRules;
  /** Of what rows about the people are written next. */
  brings?: readonly Source[];
  /** What follows from a person's traits. */
  derivation?: Derivation;
  /** Traits that somebody waits for a change of. */
  watched?: Pick<Watched, 'traits' | 'newcomerTraits'>;
  /** Gives sensitive traits as they were told: conditions are held against these. */
  open?: (traits: Traits) => Traits;
}

/** What a written row's profile is made of. */
export interface Ingredients {
  survivor: Target;
  /** Profiles that become one with the survivor. */
  absorbed: Target[];
  existing: readonly StoredProfile[];
  parts: Part[];
  traits: Traits;
  /** What is kept beside the parts. */
  kept: Pick<StoredProfile, 'ids' | 'name'>;
  /** Whether the parts may be several people's. */
  loose: Pick<StoredProfile, 'looseAt'>;
  /** Something is new, not only confirmed. */
  said: boolean;
  identitiesChanged: boolean;
  /** When the newest record that says so was changed. */
  saidAt: number;
}

/** The one place where the profile of somebody known is made. */
export function profileAfter(
  {
    survivor: { id, before },
    absorbed,
    existing,
    parts,
    traits,
    kept,
    loose,
    said,
    identitiesChanged,
    saidAt,
  }: Ingredients,
  { now, derivation, open = (sealed) => sealed, watched, rules, brings }: PlanContext,
): StoredProfile {
  const v = (before?.v ?? 0) + 1;
  const createdAt = before?.createdAt ?? now;
  const becameOne = absorbedIds(before, absorbed);
  const person = { v, ids: kept.ids, traits: open(traits), createdAt, before, ...becameOne };
  const derived =
    derivation && (said || identitiesChanged)
      ? derivation.onWrite(person, now, {
          merged: absorbed.map(({ before: theirs }) => theirs ?? {}),
          identitiesChanged,
          brings,
        })
      : before && derivedOf(before);
  const waitedFor = before ? watched?.traits : watched?.newcomerTraits;
  const changes =
    waitedFor && waitedFor.size > 0 && said
      ? traitChanges(waitedFor, before && foldParts(before.parts, rules.priorityOf).traits, traits, {
          ...{ v, at: new Date(saidAt) },
        })
      : [];
  return {
    _id: id,
    v,
    parts,
    ...kept,
    ...becameOne,
    ...apartOf(existing),
    ...loose,
    ...withTraitChanges(derived ?? {}, changes, now),
    createdAt,
    updatedAt: said ? now : (before?.updatedAt ?? now),
  };
}

/** What `profileAfter` gives for a single part, without its detours: hundreds of thousands of rows come here. */
export function newcomer(
  id: string,
  part: Part,
  { now, derivation, open, watched, brings }: PlanContext,
): StoredProfile {
  const { name } = nameOf(part.t);
  const profile: StoredProfile = { _id: id, v: 1, parts: [part], ids: part.i, createdAt: now, updatedAt: now };
  if (name !== undefined) profile.name = name;
  if (derivation) {
    const person = { v: 1, ids: part.i, traits: open ? open(part.t) : part.t, createdAt: now };
    Object.assign(profile, derivation.onWrite(person, now, { identitiesChanged: true, brings }));
  }
  if (!watched || watched.newcomerTraits.size === 0) return profile;
  const changes = traitChanges(watched.newcomerTraits, undefined, part.t, { v: 1, at: new Date(part.a) });
  return withTraitChanges(profile, changes, now);
}

function absorbedIds(before: StoredProfile | undefined, absorbed: Target[]): Pick<StoredProfile, 'absorbed'> {
  if (absorbed.length === 0) return before?.absorbed ? { absorbed: before.absorbed } : {};
  const ids = new Set([
    ...(before?.absorbed ?? []),
    ...absorbed.flatMap(({ id, before: theirs }) => [id, ...(theirs?.absorbed ?? [])]),
  ]);
  return { absorbed: [...ids].sort() };
}
