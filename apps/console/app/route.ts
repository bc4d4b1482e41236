/** Where in the console somebody is. The addresses are those that the server's console.controller names. */
export type Route = { room: 'templates' } | { room: 'studio'; template: string };

/** @param base the path at which the console is served, with a slash at the end */
export function routeOf(pathname: string, base: string): Route {
  const [room, template] = pathname.slice(base.length).split('/');
  if (room === 'studio' && template) return { room, template: decodeURIComponent(template) };
  return { room: 'templates' };
}

export function pathOf(route: Route, base: string): string {
  return route.room === 'studio' ? `${base}studio/${encodeURIComponent(route.template)}` : `${base}studio`;
}
