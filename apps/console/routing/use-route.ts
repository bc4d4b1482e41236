import { useMemo, useSyncExternalStore } from 'react';
import { keptAt } from '../history/index.ts';
import { mayLeave } from './leaving.ts';
import { backToPlace, keepPlace } from './place.ts';
import { pathOf, routeOf, type Route } from './route.ts';

const base = (): string => new URL(document.baseURI).pathname;

function subscribe(changed: () => void): () => void {
  let shown = location.href;
  let leaving = new AbortController();
  const moved = ({ isTrusted }: PopStateEvent) => {
    if (isTrusted && !mayMove(shown)) return;
    shown = location.href;
    leaving.abort();
    leaving = new AbortController();
    changed();
    backToPlace(leaving.signal);
  };
  addEventListener('popstate', moved);
  return () => {
    leaving.abort();
    removeEventListener('popstate', moved);
  };
}

/** The browser itself has gone back, or forth: where somebody has to be asked first, it is brought back to what is shown. */
function mayMove(shown: string): boolean {
  const to = location.href;
  const kept: unknown = history.state;
  const may = mayLeave(() => {
    history.replaceState(kept, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  });
  if (!may) history.pushState(null, '', shown);
  return may;
}

export function useRoute(): Route {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  return useMemo(() => routeOf(pathname, base()), [pathname]);
}

export const addressOf = (route: Route): string => pathOf(route, base());

/** Leads to another route, which begins anew, unless somebody has to be asked first (`useAskBeforeLeaving`) and is not `sure`. */
export const go = (route: Route, sure = false): void => lead(route, sure, () => null);

/** Leads back to where somebody may come from: it is as they left it. */
export const goBack = (route: Route, sure = false): void => lead(route, sure, keptAt);

function lead(route: Route, sure: boolean, keptOf: (pathname: string) => unknown): void {
  if (!sure && !mayLeave(() => lead(route, true, keptOf))) return;
  const address = addressOf(route);
  if (address !== location.pathname) {
    keepPlace();
    history.pushState(keptOf(address), '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }
  scrollTo(0, 0);
}
