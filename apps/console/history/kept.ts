import { useEffect, useState } from 'react';

type Kept = Record<string, unknown>;

/** Of what was kept last at each address: in the tab, so that a reload does not lose it. */
const prefix = 'millrace.kept.';

/** Keeps something with the present entry of the browser's history. */
export function keep(name: string, value: unknown): void {
  const all = { ...allKept(), [name]: value };
  try {
    history.replaceState(all, '');
    sessionStorage.setItem(prefix + location.pathname, JSON.stringify(all));
  } catch {
    // Safari takes a hundred in half a minute, and somebody may hold a key down in a search field; a tab's storage may be full or denied.
  }
}

/** What was kept with the entry at which the browser is now. */
export const keptHere = (name: string): unknown => allKept()[name];

/** What was kept when somebody was last at an address: for an entry that is to be as that one was left. */
export function keptAt(pathname: string): Kept | null {
  const kept = sessionStorage.getItem(prefix + pathname);
  return kept === null ? null : (JSON.parse(kept) as Kept);
}

/** Whoever signs in next in this tab looks for something else. */
export function forgetKept(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

const allKept = (): Kept => (history.state ?? {}) as Kept;

/** As `useState`, but whoever comes back to the room by the browser's history, or by a way back, finds it as it was. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (keptHere(name) as T | undefined) ?? first);
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue];
}
