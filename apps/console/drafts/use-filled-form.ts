import { useCallback, useEffect, useRef, useState } from 'react';
import { storedForms } from './stored-forms.ts';
import { useGuardWhile } from './use-guard-while.ts';

export interface FilledForm<Draft> {
  draft: Draft;
  /** What it was made from. */
  origin: Draft;
  dirty: boolean;
  /** It was found in this tab, from before. */
  restored: boolean;
  change: (change: Partial<Draft>) => void;
  /** Takes another one instead: what is saved. */
  begin: (origin: Draft) => void;
  /** Takes what is saved now instead. */
  discard: () => void;
  /** Notes what was saved of it, and what the API told then; what was changed since stays. Gives whether nothing was. */
  settle: (saved: Draft, told: Partial<Draft>) => boolean;
  /** Drops what this tab keeps of it: somebody leaves. */
  forget: () => void;
}

interface Options<Draft> {
  isSame?: (a: Draft, b: Draft) => boolean;
  /** What of a draft may be kept in the tab (default: all). */
  kept?: (draft: Draft) => Draft;
}

const isJustSo = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Something that is filled in: kept in this tab while it differs from what it was made from.
 *
 * @param place names the form in this tab
 * @param blank as it is before anybody fills it in: what is saved
 */
export function useFilledForm<Draft extends { name?: string }>(
  place: string,
  blank: Draft,
  { isSame = isJustSo, kept = (draft) => draft }: Options<Draft> = {},
): FilledForm<Draft> {
  type Filled = Pick<FilledForm<Draft>, 'draft' | 'origin'>;
  const [{ draft, origin }, setFilled] = useState<Filled>(() => {
    const stored = storedForms.read<Filled>(place);
    return stored && !isSame(stored.draft, blank) ? stored : { draft: blank, origin: blank };
  });
  const [restored, setRestored] = useState(draft !== origin);
  const dirty = !isSame(draft, origin);
  useGuardWhile(dirty);
  const stored = dirty ? JSON.stringify({ draft: kept(draft), origin: kept(origin) }) : undefined;
  useEffect(() => {
    if (stored === undefined) storedForms.forget(place);
    else storedForms.keep(place, stored);
  }, [place, stored]);
  const change = useCallback(
    (changed: Partial<Draft>) => setFilled((before) => ({ ...before, draft: { ...before.draft, ...changed } })),
    [],
  );
  const forget = useCallback(() => storedForms.forget(place), [place]);
  const begin = useCallback(
    (next: Draft) => {
      setFilled({ draft: next, origin: next });
      setRestored(false);
      forget(); // this page may be left before it is written
    },
    [forget],
  );
  const discard = () => begin(blank);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  const settle = useCallback(
    (saved: Draft, told: Partial<Draft>) => {
      const isAll = isSame(latest.current, saved);
      if (isAll) begin({ ...saved, ...told });
      else setFilled(({ draft: now }) => ({ draft: { ...now, ...told }, origin: { ...saved, ...told } }));
      setRestored(false);
      return isAll;
    },
    [isSame, begin],
  );
  return { draft, origin, dirty, restored, change, begin, discard, settle, forget };
}
