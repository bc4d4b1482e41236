import { useEffect, useState } from 'react';

/** Keeps something with the present entry of the browser's history. */
export const keep = (name: string, value: unknown): void => history.replaceState({ ...allKept(), [name]: value }, '');

/** What was kept with the entry at which the browser is now. */
export const keptHere = (name: string): unknown => allKept()[name];

const allKept = (): Record<string, unknown> => (history.state ?? {}) as Record<string, unknown>;

/** As `useState`, but whoever comes back to the room by the browser's history finds it as it was. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (keptHere(name) as T | undefined) ?? first);
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue];
}
