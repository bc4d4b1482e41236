/** What our documents say, to be compared with what there is. */
export { isCommand, namedCommands } from './named-commands.ts';
export { isRoute, namedRoutes } from './named-routes.ts';
