/** The addresses of the rooms, and the ways between them. */
export type { AlertRoute, ConnectionRoute, Route, SyncRoute } from './route.ts';
export { RouteLink } from './route-link.tsx';
export { go, useRoute } from './use-route.ts';
