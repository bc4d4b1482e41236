/** Routes that a page names whole, such as `POST /api/syncs/{id}/runs`; shortened ones (`…/cancel`) are not among them. */
export function namedRoutes(markdown: string): string[] {
  const named = markdown.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (?:\$MILLRACE_URL)?(\/api\/[\w{}%./…-]*)/g);
  return [...new Set([...named].map(([, method, path = '']) => `${method} ${path.replace(/[./]+$/, '')}`))];
}

/** Whether one of the routes (`GET /api/runs/{id}`) is meant, with whatever stands for its parameters. */
export function isRoute(named: string, routes: string[]): boolean {
  const words = named.split('/');
  return routes.some((route) => {
    const parts = route.split('/');
    return parts.length === words.length && parts.every((part, i) => part.startsWith('{') || part === words[i]);
  });
}
