import { compareVersions } from '#platform';
import type { IdentityKey } from '../identity/index.ts';
import type { Part, Traits } from './part.ts';
import { connectionOf, originOf, type PartOrigin } from './part-key.ts';

/** What a connection's word weighs against another's; greater wins. */
export type PriorityOf = (connection: string) => number;

export const equalPriorities: PriorityOf = () => 0;

export interface Folded {
  traits: Traits;
  /** Sorted. */
  ids: IdentityKey[];
}

/** The newest version of each part, sorted by key: the union that makes merging, repeats and late rows harmless. */
export function joinParts(...lists: readonly (readonly Part[])[]): Part[] {
  const newest = new Map<string, Part>();
  for (const list of lists) {
    for (const part of list) {
      const known = newest.get(part.k);
      if (!known || compareVersions(part, known) > 0) newest.set(part.k, part);
    }
  }
  return [...newest.values()].sort((x, y) => (x.k < y.k ? -1 : 1));
}

/** Traits and identities that follow from parts, whatever their order. */
export function foldParts(parts: readonly Part[], priorityOf: PriorityOf = equalPriorities): Folded {
  const [only] = parts;
  if (only && parts.length === 1) return { traits: only.t, ids: only.i };
  const traits: Traits = {};
  for (const [name, part] of traitWinners(parts, priorityOf)) traits[name] = part.t[name] as Traits[string];
  return { traits, ids: [...new Set(parts.flatMap(({ i }) => i))].sort() };
}

export interface TraitOrigin extends PartOrigin {
  /** ISO time. */
  at: string;
}

/** Where each trait came from. */
export function traitOrigins(
  parts: readonly Part[],
  priorityOf: PriorityOf = equalPriorities,
): Record<string, TraitOrigin> {
  const origins: Record<string, TraitOrigin> = {};
  for (const [name, part] of traitWinners(parts, priorityOf))
    origins[name] = { ...originOf(part.k), at: new Date(part.a).toISOString() };
  return origins;
}

/** Per trait, by name, the part with the greatest (priority, at, hash, key). */
export function traitWinners(parts: readonly Part[], priorityOf: PriorityOf = equalPriorities): [string, Part][] {
  const best = new Map<string, { part: Part; priority: number }>();
  for (const part of parts) {
    const priority = priorityOf(connectionOf(part.k));
    for (const name of Object.keys(part.t)) {
      const known = best.get(name);
      if (!known || compareClaims({ part, priority }, known) > 0) best.set(name, { part, priority });
    }
  }
  return [...best].map(([name, { part }]): [string, Part] => [name, part]).sort(([x], [y]) => (x < y ? -1 : 1));
}

function compareClaims(x: { part: Part; priority: number }, y: { part: Part; priority: number }): number {
  if (x.priority !== y.priority) return x.priority - y.priority;
  if (x.part.a !== y.part.a) return x.part.a - y.part.a;
  if (x.part.h !== y.part.h) return x.part.h < y.part.h ? -1 : 1;
  return x.part.k < y.part.k ? -1 : 1;
}
