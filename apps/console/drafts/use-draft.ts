import { useCallback, useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Template } from '../api/index.ts';
import { draftOf, isSameDraft, putBody, type Draft } from './draft.ts';
import { storedDrafts } from './stored-drafts.ts';

export interface EditedDraft {
  draft: Draft;
  /** What is saved, as far as this tab knows. */
  saved: Template;
  dirty: boolean;
  /** It was found in this tab, from before. */
  restored: boolean;
  /** What somebody else saved meanwhile; set when that stands in the way of saving. */
  conflict: Template | undefined;
  saving: boolean;
  problem: ApiProblem | undefined;
  /** The browser cannot keep the draft: it lives in this page only. */
  unkept: boolean;
  change: (change: Partial<Draft>) => void;
  /** Resolves with the saved template, or with nothing when it could not be saved. */
  save: (over?: Template) => Promise<Template | undefined>;
  /** Hears that the template was read again, the same but for what the draft is not about. */
  noteSaved: (template: Template) => void;
  /** Takes what is saved (or what somebody else saved) instead of the draft. */
  discard: (to?: Template) => void;
}

interface Base {
  saved: Template;
  draft: Draft;
  restored: boolean;
  /** The revision that the draft was made from. */
  madeFrom: number;
}

/** The draft of a template: kept in this tab while it differs from what is saved, and saved only over what it was made from. */
export function useDraft(template: Template): EditedDraft {
  const api = useApi();
  const [base, setBase] = useState<Base>(() => baseOf(template));
  const [conflict, setConflict] = useState(() => (base.madeFrom === template.revision ? undefined : template));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [unkept, setUnkept] = useState(false);
  const { saved, draft, restored, madeFrom } = base;
  const dirty = !isSameDraft(draft, draftOf(saved)) || madeFrom !== saved.revision;

  useEffect(() => {
    const kept = !dirty || storedDrafts.keep(saved.id, { revision: madeFrom, draft });
    if (!dirty) storedDrafts.forget(saved.id);
    const timer = setTimeout(() => setUnkept(!kept)); // told once it is written, which must not wait
    return () => clearTimeout(timer);
  }, [dirty, saved.id, madeFrom, draft]);

  useGuardWhile(dirty);

  const change = useCallback((changed: Partial<Draft>) => {
    setBase((before) => ({ ...before, draft: { ...before.draft, ...changed } }));
  }, []);

  const save = async (over?: Template): Promise<Template | undefined> => {
    setSaving(true);
    setProblem(undefined);
    const path = `api/templates/${saved.id}`;
    try {
      const known = over ?? saved;
      const headers = { 'if-match': `"${over?.revision ?? madeFrom}"` };
      const now = await api.put<Template>(path, { body: putBody(known, draft), headers });
      setConflict(undefined);
      setBase((before) => ({ ...before, saved: now, madeFrom: now.revision, restored: false }));
      return now;
    } catch (thrown) {
      const found = asProblem(thrown);
      if (found.code === 'conflict') setConflict(await api.get<Template>(path).catch(() => undefined));
      setProblem(found);
      return undefined;
    } finally {
      setSaving(false);
    }
  };

  const noteSaved = (now: Template) => setBase((before) => ({ ...before, saved: now }));

  const discard = (to: Template = saved) => {
    setConflict(undefined);
    setProblem(undefined);
    setBase({ saved: to, draft: draftOf(to), restored: false, madeFrom: to.revision });
  };

  return { draft, saved, dirty, restored, conflict, saving, problem, unkept, change, save, noteSaved, discard };
}

function baseOf(saved: Template): Base {
  const stored = storedDrafts.read(saved.id);
  if (!stored) return { saved, draft: draftOf(saved), restored: false, madeFrom: saved.revision };
  return { saved, draft: draftOf(stored.draft), restored: true, madeFrom: stored.revision };
}

/** Asks before the page is left. */
function useGuardWhile(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [dirty]);
}
