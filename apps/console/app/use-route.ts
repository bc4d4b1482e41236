import { useCallback, useSyncExternalStore } from 'react';
import { pathOf, routeOf, type Route } from './route.ts';

const base = (): string => new URL(document.baseURI).pathname;

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}

/** The present route, and how to go to another one. */
export function useRoute(): [Route, (route: Route) => void] {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  const go = useCallback((route: Route) => {
    history.pushState(null, '', pathOf(route, base()));
    dispatchEvent(new PopStateEvent('popstate'));
    scrollTo(0, 0);
  }, []);
  return [routeOf(pathname, base()), go];
}
