import { useMemo, useSyncExternalStore } from 'react';
import { pathOf, routeOf, type Route } from './route.ts';

const base = (): string => new URL(document.baseURI).pathname;

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}

export function useRoute(): Route {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  return useMemo(() => routeOf(pathname, base()), [pathname]);
}

export const addressOf = (route: Route): string => pathOf(route, base());

/** Leads to another route. */
export function go(route: Route): void {
  history.pushState(null, '', addressOf(route));
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}
