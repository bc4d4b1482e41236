import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, asProblem, useApi, type Template } from '../api/index.ts';
import { draftOf, isSameDraft, putBody, type Draft } from './draft.ts';
import { storedDrafts } from './stored-drafts.ts';
import { useGuardWhile } from './use-guard-while.ts';

export interface EditedDraft {
  draft: Draft;
  /** What is saved, as far as this tab knows. */
  saved: Template;
  dirty: boolean;
  /** It was found in this tab, from before. */
  restored: boolean;
  /** What somebody else saved meanwhile; set when that stands in the way of saving or publishing. */
  conflict: Template | undefined;
  saving: boolean;
  problem: ApiProblem | undefined;
  /** The browser cannot keep the draft: it lives in this page only. */
  unkept: boolean;
  change: (change: Partial<Draft>) => void;
  /** Resolves with the saved template, or with nothing when it could not be saved. */
  save: (over?: Template) => Promise<Template | undefined>;
  /** Hears what else of the template is another one now: something that the draft is not about. */
  noteSaved: (change: Omit<Partial<Template>, keyof Draft | 'revision'>) => void;
  /** Looks at what is saved: a conflict, unless it is what this page saved, or what the draft says. Resolves with the template in that case. */
  meet: () => Promise<Template | undefined>;
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

const nameless = new ApiProblem(0, 'bad_request', 'Give the template a name, at the top of the page; then save it.');

/** The draft of a template: kept in this tab while it differs from what is saved, and saved only over what it was made from. */
export function useDraft(template: Template): EditedDraft {
  const api = useApi();
  const [base, setBase] = useState<Base>(() => baseOf(template));
  const [conflict, setConflict] = useState(() => (base.madeFrom === template.revision ? undefined : template));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [unkept, setUnkept] = useState(false);
  const latest = useRef(base);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const { saved, draft, restored, madeFrom } = base;
  const dirty = isDirty(base);

  const update = useCallback((change: (before: Base) => Base) => {
    latest.current = change(latest.current);
    setBase(latest.current);
  }, []);

  useEffect(() => {
    const kept = !dirty || storedDrafts.keep(saved.id, { revision: madeFrom, draft });
    if (!dirty) storedDrafts.forget(saved.id);
    const timer = setTimeout(() => setUnkept(!kept)); // told once it is written, which must not wait
    return () => clearTimeout(timer);
  }, [dirty, saved.id, madeFrom, draft]);

  useGuardWhile(dirty);

  const change = useCallback(
    (changed: Partial<Draft>) => update((before) => ({ ...before, draft: { ...before.draft, ...changed } })),
    [update],
  );

  const path = `api/templates/${template.id}`;
  const taken = (now: Template): Template => {
    setConflict(undefined);
    setProblem(undefined);
    update((before) => ({ ...before, saved: now, madeFrom: now.revision, restored: false }));
    storedDrafts.noteSaved(now.id, now.revision, draftOf(now)); // this page may have been left meanwhile
    return now;
  };

  const meet = async (): Promise<Template | undefined> => {
    const theirs = await api.get<Template>(path);
    const isOurs = theirs.revision === latest.current.madeFrom;
    if (isOurs || isSameDraft(draftOf(theirs), latest.current.draft)) return taken(theirs); // or an answer of ours was lost
    setConflict(theirs);
    return undefined;
  };

  const saveNow = async (over: Template | undefined): Promise<Template | undefined> => {
    const now = latest.current;
    if (!over && !isDirty(now)) return now.saved;
    setProblem(now.draft.name.trim() === '' ? nameless : undefined);
    if (now.draft.name.trim() === '') return undefined;
    setSaving(true);
    try {
      const headers = { 'if-match': `"${over?.revision ?? now.madeFrom}"` };
      return taken(await api.put<Template>(path, { body: putBody(over ?? now.saved, now.draft), headers }));
    } catch (thrown) {
      const found = asProblem(thrown);
      setProblem(found);
      return found.code === 'conflict' ? await meet().catch(() => undefined) : undefined;
    } finally {
      setSaving(false);
    }
  };

  /** One after the other: what is saved next is made from what was saved before. */
  const save = (over?: Template): Promise<Template | undefined> => {
    const saving = turn.current.then(() => saveNow(over));
    turn.current = saving;
    return saving;
  };

  const noteSaved: EditedDraft['noteSaved'] = (change) =>
    update((before) => ({ ...before, saved: { ...before.saved, ...change } }));

  const discard = (to: Template = saved) => {
    setConflict(undefined);
    setProblem(undefined);
    update(() => ({ saved: to, draft: draftOf(to), restored: false, madeFrom: to.revision }));
  };

  return { draft, saved, dirty, restored, conflict, saving, problem, unkept, change, save, noteSaved, meet, discard };
}

function isDirty({ draft, saved, madeFrom }: Base): boolean {
  return !isSameDraft(draft, draftOf(saved)) || madeFrom !== saved.revision;
}

function baseOf(saved: Template): Base {
  const stored = storedDrafts.read(saved.id);
  const draft = stored && draftOf(stored.draft);
  if (!draft || isSameDraft(draft, draftOf(saved)))
    return { saved, draft: draftOf(saved), restored: false, madeFrom: saved.revision };
  return { saved, draft, restored: true, madeFrom: stored.revision };
}
