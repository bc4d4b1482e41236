import type { NextFunction, Request, Response } from 'express';
import { newPlace, type Traces } from '../telemetry/index.ts';

/**
 * Express middleware that makes a span of each request to the API: by its route's template, never by its address. It is a child of the span that
 * the caller names, where there is one; while it is answered it is the active span.
 */
export function tracedRequests(traces: Traces) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = new Date();
    const parent = traces.callerIn(request.headers);
    const place = newPlace(parent);
    traces.within(place, (end) => {
      response.once('close', () => {
        end();
        const route = templateOf(request);
        if (!route?.startsWith('/api/')) return;
        const status = response.statusCode;
        traces.add({
          name: `${request.method} ${route}`,
          kind: 'server',
          place,
          parent,
          startedAt,
          endedAt: new Date(),
          attributes: {
            'http.request.method': request.method,
            'http.route': route,
            'http.response.status_code': status,
          },
          error: status >= 500 ? String(status) : undefined,
        });
      });
      next();
    });
  };
}

/** Of the route that answered; express knows it once the request was routed. */
function templateOf({ route }: { route?: { path?: unknown } }): string | undefined {
  return typeof route?.path === 'string' ? route.path : undefined;
}
