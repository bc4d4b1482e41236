import { keep, keptHere } from '../history/index.ts';

const name = 'place';

/** Milliseconds after which nobody waits any more for what was there. */
const patience = 10_000;

/** How somebody looks around by themselves. */
const deeds = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

/** Keeps how far down the page somebody is. */
export const keepPlace = (): void => keep(name, scrollY);

/** Leads to where somebody was, as soon as what is read anew has made the page as long again; not away from where they look meanwhile. */
export function backToPlace(leaving: AbortSignal): void {
  const top = keptHere(name);
  if (typeof top !== 'number' || top === 0) return;
  const there = new AbortController();
  const signal = AbortSignal.any([leaving, there.signal, AbortSignal.timeout(patience)]);
  const growing = new MutationObserver(() => {
    scrollTo(0, top);
    if (scrollY > top - 1) there.abort();
  });
  growing.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener('abort', () => growing.disconnect());
  for (const deed of deeds) addEventListener(deed, () => there.abort(), { signal, passive: true });
}
