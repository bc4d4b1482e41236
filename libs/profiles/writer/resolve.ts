import type { IdentityKey } from '../identity/index.ts';
import type { ProfileOutline, ProfileStore } from '../store/index.ts';
import type { PartRow } from './part-row.ts';

/** What is known of the people that rows are about. */
export interface Known {
  /** Identity → profile id. */
  owners: Map<IdentityKey, string>;
  /** Part key → profiles that hold the part: one, unless two writers made the same person at once. */
  holders: Map<string, ProfileOutline[]>;
  /** Identities and part keys that several of the rows have. */
  repeated: Set<string>;
}

/** Two reads for a whole page: whose the identities are, and where the source records went before. */
export async function resolve(store: ProfileStore, rows: readonly PartRow[]): Promise<Known> {
  const ids = new Set<IdentityKey>();
  const keys = new Set<string>();
  const repeated = new Set<string>();
  for (const { part } of rows) {
    note(part.k, keys, repeated);
    for (const id of part.i) note(id, ids, repeated);
  }
  const [owners, outlines] = await Promise.all([store.ownersOf([...ids]), store.outlinesByPart([...keys])]);
  return { owners, holders: holdersOf(outlines, keys), repeated };
}

function note(token: string, seen: Set<string>, repeated: Set<string>): void {
  const before = seen.size;
  if (seen.add(token).size === before) repeated.add(token);
}

/** By part key, the profiles that hold it. */
export function holdersOf(outlines: ProfileOutline[], wanted: ReadonlySet<string>): Map<string, ProfileOutline[]> {
  const holders = new Map<string, ProfileOutline[]>();
  for (const outline of outlines) {
    for (const { k } of outline.parts) {
      if (!wanted.has(k)) continue;
      const known = holders.get(k);
      if (known) known.push(outline);
      else holders.set(k, [outline]);
    }
  }
  return holders;
}

/** Whether no other of the rows is about the same record, or names one of its identities. */
export function isAlone({ part }: PartRow, { repeated }: Known): boolean {
  if (repeated.size === 0) return true;
  return !repeated.has(part.k) && !part.i.some((id) => repeated.has(id));
}

const nobody: readonly string[] = [];

/** Ids of the profiles that a row is about: those that its identities name, and those that hold its part. */
export function profilesOf({ part }: PartRow, { owners, holders }: Known): readonly string[] {
  if (owners.size === 0 && holders.size === 0) return nobody;
  const ids: string[] = [];
  for (const id of part.i) add(ids, owners.get(id));
  for (const { _id } of holders.get(part.k) ?? []) add(ids, _id);
  return ids;
}

function add(ids: string[], id: string | undefined): void {
  if (id !== undefined && !ids.includes(id)) ids.push(id);
}
