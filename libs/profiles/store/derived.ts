import type { Json } from '@millrace/sdk';
import { membershipChanges, type MembershipChange, type Unfelt } from './membership-change.ts';
import type { TraitChange } from './trait-change.ts';

/** What follows from a person's traits, orders, events and consents by the definitions; kept on the profile. */
export interface Derived {
  /** By a measure's key; those with their empty value are left out. */
  measures?: Record<string, Json>;
  /** When time alone changes a measure. */
  measuredUntil?: Date;
  /** Slugs of the audiences that the person is in, sorted. */
  aud?: string[];
  /** When time alone changes any of it, or what it was made of was not complete. */
  dueAt?: Date;
  /** Changes of `aud` that are still to be appended to `audience_changes`. */
  untold?: MembershipChange[];
  /** Changes of traits that somebody waits for and is still to be told of. */
  changedTraits?: TraitChange[];
  /** Since when there is something to tell. */
  untoldAt?: Date;
}

/** Only what is derived. */
export function derivedOf({ measures, measuredUntil, aud, dueAt, untold, changedTraits, untoldAt }: Derived): Derived {
  return {
    ...(measures && { measures }),
    ...(measuredUntil && { measuredUntil }),
    ...(aud && { aud }),
    ...(dueAt && { dueAt }),
    ...(untold && { untold }),
    ...(changedTraits && { changedTraits }),
    ...(untoldAt && { untoldAt }),
  };
}

/** As it is, and to be derived anew at once: for writers that change more than one row's worth. */
export function dueAtOnce(before: Derived, at: Date): Derived {
  return { ...derivedOf(before), dueAt: at };
}

/** What is left of somebody who is no more: that they left, where it is not told yet. */
export function departed(before: Derived | undefined, v: number, at: Date, unfelt?: Unfelt): Derived {
  return withChanges(before, [], v, at, unfelt);
}

/** Membership from now on, with what changed since `before`. */
export function withChanges(before: Derived | undefined, aud: string[], v: number, at: Date, unfelt?: Unfelt): Derived {
  const changes = membershipChanges(before?.aud ?? [], aud, { v, at }, unfelt);
  const untold = before?.untold ? [...before.untold, ...changes] : changes;
  const derived: Derived = {};
  if (aud.length > 0) derived.aud = aud;
  if (untold.length > 0) derived.untold = untold;
  if (before?.changedTraits) derived.changedTraits = before.changedTraits;
  if (derived.untold ?? derived.changedTraits) derived.untoldAt = before?.untoldAt ?? at;
  return derived;
}

/** With changes of traits that are to be told. */
export function withTraitChanges<T extends Derived>(derived: T, changes: readonly TraitChange[], at: Date): T {
  if (changes.length === 0) return derived;
  const { changedTraits = [], untoldAt = at } = derived;
  return { ...derived, changedTraits: [...changedTraits, ...changes], untoldAt };
}
