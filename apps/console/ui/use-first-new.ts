import { useEffect, useRef, type RefObject } from 'react';

interface FirstNew<T> {
  /** What stands right below the list: a button, or what is around it. */
  below: RefObject<T | null>;
  /** Somebody asks for more rows. */
  note: () => void;
}

/**
 * The button that shows more is gone with the last rows: whoever works without a mouse goes on at the first of those that came.
 *
 * @param count rows that are shown
 * @param isAll there are no more, and so there is no button
 */
export function useFirstNew<T extends Element>(count: number, isAll: boolean): FirstNew<T> {
  const below = useRef<T>(null);
  const asked = useRef<{ list: Element | null | undefined; count: number }>(undefined);
  useEffect(() => {
    const { list, count: before = 0 } = asked.current ?? {};
    asked.current = undefined;
    if (document.activeElement === document.body) goOnAt(list?.children[before] ?? list?.lastElementChild);
  }, [count, isAll]);
  return {
    below,
    note: () => {
      asked.current = { list: below.current?.previousElementSibling, count };
    },
  };
}

function goOnAt(row: Element | null | undefined): void {
  if (!(row instanceof HTMLElement)) return;
  const first = row.querySelector<HTMLElement>('a[href], button, input, summary');
  if (!first) row.tabIndex = -1;
  (first ?? row).focus();
}
