/** What our documents say, to be compared with what there is. */
export { isRoute, namedRoutes } from './named-routes.ts';
