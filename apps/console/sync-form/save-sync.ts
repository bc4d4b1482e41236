import type { Api, Sync } from '../api/index.ts';
import type { Settled } from './settle.ts';
import { bodyOf } from './sync-body.ts';
import { draftOf, isSameDraft, type SyncDraft } from './sync-draft.ts';

interface What {
  settled: Settled;
  /** What is saved; absent: nothing is. */
  saved?: Sync;
  /** What the draft was made from. */
  origin: SyncDraft;
  /** What somebody else saved meanwhile, and is to be overwritten. */
  over?: Sync;
  keyFor: (body: object) => string;
}

/** Makes the sync, or makes it be as it is filled in; not where somebody else has made it otherwise meanwhile (`theirs`). */
export async function saveSync(
  api: Api,
  { settled, saved, origin, over, keyFor }: What,
): Promise<{ sync: Sync } | { theirs: Sync }> {
  if (!saved) {
    const body = bodyOf(settled);
    return { sync: await api.post<Sync>('api/syncs', { body, headers: { 'idempotency-key': keyFor(body) } }) };
  }
  // The API has no If-Match for syncs: what is newest is looked at right before.
  const path = `api/syncs/${saved.id}`;
  const newest = await api.get<Sync>(path);
  const known = over ? [draftOf(over)] : [origin, settled.draft];
  if (!known.some((draft) => isSameDraft(draft, draftOf(newest)))) return { theirs: newest };
  return { sync: await api.put<Sync>(path, { body: bodyOf(settled, newest) }) };
}
