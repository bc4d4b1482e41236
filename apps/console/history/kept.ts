import { useEffect, useState } from 'react';

type Kept = Record<string, unknown>;

/** What was kept last at each address. */
const last = new Map<string, Kept>();

/** Keeps something with the present entry of the browser's history. */
export function keep(name: string, value: unknown): void {
  const all = { ...allKept(), [name]: value };
  last.set(location.pathname, all);
  try {
    history.replaceState(all, '');
  } catch {
    // Safari takes a hundred in half a minute, and somebody may hold a key down in a search field.
  }
}

/** What was kept with the entry at which the browser is now. */
export const keptHere = (name: string): unknown => allKept()[name];

/** What was kept when somebody was last at an address: for an entry that is to be as that one was left. */
export const keptAt = (pathname: string): Kept | null => last.get(pathname) ?? null;

const allKept = (): Kept => (history.state ?? {}) as Kept;

/** As `useState`, but whoever comes back to the room by the browser's history, or by a way back, finds it as it was. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (keptHere(name) as T | undefined) ?? first);
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue];
}
