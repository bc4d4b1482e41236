import { useCallback, useState } from 'react';
import { asProblem, randomId, useApi, type ApiProblem, type Run, type Sync } from '../api/index.ts';
import { useFilledForm } from '../drafts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import type { Fault } from './faults.ts';
import { lacksOf } from './lacks.ts';
import { faultsOf } from './refusal.ts';
import { saveSync } from './save-sync.ts';
import type { Settled } from './settle.ts';
import { draftOf, isSameDraft, type SyncDraft } from './sync-draft.ts';

export interface SyncForm {
  draft: SyncDraft;
  /** What is saved, as far as this page knows. */
  saved?: Sync;
  dirty: boolean;
  /** It was found in this tab, from before. */
  restored: boolean;
  doing?: 'save' | 'run';
  faults: readonly Fault[];
  /** Grows with each refusal. */
  refusals: number;
  /** What somebody else saved meanwhile. */
  theirs?: Sync;
  /** It was saved, but no run was started. */
  notStarted?: ApiProblem;
  change: (change: Partial<SyncDraft>) => void;
  /** Takes what is saved instead of what was filled in. */
  discard: (to?: Sync) => void;
  /** Drops what this tab keeps of it: somebody leaves. */
  forget: () => void;
  refuse: (faults: readonly Fault[]) => void;
  /** Resolves with what came of it; with nothing where it was refused, which is told then. */
  save: (settled: Settled, how: { run: boolean; over?: Sync }) => Promise<{ sync: Sync; run?: Run } | undefined>;
}

/**
 * A sync that is filled in: kept in this tab while it differs from what is saved.
 *
 * @param place names the form in this tab
 */
export function useSyncForm(place: string, blank: SyncDraft, existing?: Sync): SyncForm {
  const api = useApi();
  const keyFor = useIdempotencyKey();
  const filled = useFilledForm(place, blank, { isSame: isSameDraft });
  const { draft, origin, dirty, restored, change, begin, forget } = filled;
  const [saved, setSaved] = useState(existing);
  const [state, setState] = useState<Pick<SyncForm, 'doing' | 'theirs' | 'notStarted'>>({});
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [refusals, setRefusals] = useState(0);

  const refuse = useCallback((found: readonly Fault[]) => {
    setFaults(found);
    if (found.length > 0) setRefusals((before) => before + 1);
  }, []);
  const discard = (to = saved) => {
    begin(to ? draftOf(to) : blank);
    setSaved(to);
    setState({});
    setFaults([]);
  };

  const save: SyncForm['save'] = async (settled, { run, over }) => {
    const lacks = lacksOf(settled);
    refuse(lacks);
    if (lacks.length > 0) return undefined;
    setState({ doing: run ? 'run' : 'save' });
    let sync: Sync;
    try {
      const outcome = await saveSync(api, { settled, saved, origin, over, keyFor });
      if ('theirs' in outcome) {
        setState({ theirs: outcome.theirs });
        return undefined;
      }
      sync = outcome.sync;
    } catch (thrown) {
      setState({});
      refuse(faultsOf(asProblem(thrown), settled.outputs));
      return undefined;
    }
    setSaved(sync);
    begin(draftOf(sync));
    try {
      const started = run ? await startRun(sync) : undefined;
      setState({});
      return { sync, run: started };
    } catch (thrown) {
      setState({ notStarted: asProblem(thrown) });
      return undefined;
    }
  };
  const startRun = ({ id }: Sync) =>
    api.post<Run>(`api/syncs/${id}/runs`, { headers: { 'idempotency-key': randomId() }, body: {} });

  return { draft, saved, dirty, restored, ...state, faults, refusals, change, discard, forget, refuse, save };
}
