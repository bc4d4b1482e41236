import type { Json } from '@millrace/sdk';
import type { Part } from '../folding/index.ts';
import type { StoredPartChange } from './part-change.schema.ts';

/** What becomes of one profile's parts. */
export interface PartsChange {
  profile: string;
  /** The version that begins. */
  v: number;
  at: Date;
  before: readonly Part[];
  after: readonly Part[];
}

export type PartChange = Omit<StoredPartChange, '_id' | 'expiresAt'>;

/**
 * Parts that say something else afterwards. With `touched` also those of which only the time is newer, which may decide who is believed. A new
 * part without traits and without a new identity, as most orders and events bring it, tells nothing anew. It is noted nevertheless: it must not give
 * the person an identity in a past in which no record named it yet.
 */
export function partChanges({ profile: p, v, at, before, after }: PartsChange, touched = false): PartChange[] {
  const old = new Map(before.map((part) => [part.k, part]));
  const addsNothing = ({ t, i }: Part): boolean =>
    Object.keys(t).length === 0 && i.every((id) => before.some((part) => part.i.includes(id)));
  const changes: PartChange[] = [];
  for (const part of after) {
    const known = old.get(part.k);
    old.delete(part.k);
    if (known === part || (known && !touched && sameContent(known, part))) continue;
    const change = { p, v, at, k: part.k, before: known ?? null };
    changes.push(!known && addsNothing(part) ? change : { ...change, ...saidAnew(known, part), b: part.b });
  }
  for (const gone of old.values()) changes.push({ p, v, at, k: gone.k, before: gone, ...saidAnew(gone, undefined) });
  return changes;
}

/** The same where nobody said anything: a part moved from one profile to another. */
export function unsaid({ p, v, at, k, before }: PartChange): PartChange {
  return { p, v, at, k, before };
}

function sameContent(x: Part, y: Part): boolean {
  return x.h === y.h && x.i.length === y.i.length && x.i.every((id, index) => id === y.i[index]);
}

function saidAnew(before: Part | undefined, after: Part | undefined): Pick<PartChange, 't' | 'i'> {
  const t: Record<string, Json> = {};
  for (const name of Object.keys(before?.t ?? {})) if (!after || !(name in after.t)) t[name] = null;
  for (const [name, value] of Object.entries(after?.t ?? {})) {
    if (!before || JSON.stringify(before.t[name]) !== JSON.stringify(value)) t[name] = value;
  }
  const [was, is] = [before?.i ?? [], after?.i ?? []];
  return { t, ...(was.join('\n') !== is.join('\n') && { i: is }) };
}
