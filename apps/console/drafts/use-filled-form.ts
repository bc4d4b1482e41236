import { useCallback, useEffect, useState } from 'react';
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
  return { draft, origin, dirty, restored, change, begin, forget };
}
