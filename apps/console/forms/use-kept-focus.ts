import { useEffect, useRef, type RefObject } from 'react';

/**
 * Whoever takes a row away by its own button stays in the group: the button that had the focus is gone with the row.
 *
 * @param rows how many there are
 */
export function useKeptFocus<T extends HTMLElement>(rows: number): RefObject<T | null> {
  const group = useRef<T>(null);
  const before = useRef(rows);
  useEffect(() => {
    const isFewer = rows < before.current;
    before.current = rows;
    if (isFewer && document.activeElement === document.body) lastButton(group.current)?.focus();
  }, [rows]);
  return group;
}

/** What is at the end of the group: the way to another row. */
function lastButton(group: HTMLElement | null): HTMLElement | undefined {
  return [...(group?.querySelectorAll<HTMLElement>('button, select') ?? [])].at(-1);
}
