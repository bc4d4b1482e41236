import { ApiProblem, overtakenBy, type Api, type Sync } from '../api/index.ts';
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
  const path = `api/syncs/${saved.id}`;
  const known = over ? [draftOf(over)] : [origin, settled.draft];
  for (;;) {
    const newest = await api.get<Sync>(path);
    // What the form does not show (that it is paused, say) may have changed: that stays as it is now.
    if (!known.some((draft) => isSameDraft(draft, draftOf(newest)))) return { theirs: newest };
    const headers = { 'if-match': `"${newest.revision}"` };
    try {
      return { sync: await api.put<Sync>(path, { body: bodyOf(settled, newest), headers }) };
    } catch (thrown) {
      if (!isOvertaken(thrown)) throw thrown;
    }
  }
}

/** Somebody changed it between reading and writing. */
function isOvertaken(thrown: unknown): boolean {
  return thrown instanceof ApiProblem && overtakenBy(thrown) !== undefined;
}
