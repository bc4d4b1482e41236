/** The addresses of the rooms, and the ways between them. */
export type {
  AlertRoute,
  AudienceRoute,
  ConnectionRoute,
  KeyRoute,
  PersonRoute,
  PrivacyRoute,
  Route,
  SyncRoute,
} from './route.ts';
export { mayLeave, useAskBeforeLeaving, type Leaving } from './leaving.ts';
export { RouteLink } from './route-link.tsx';
export { go, goBack, useRoute } from './use-route.ts';
