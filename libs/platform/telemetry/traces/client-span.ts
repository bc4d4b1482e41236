import type { AttemptTrace } from '../../network/index.ts';
import { newPlace } from './span-places.ts';
import type { EndedSpan, SpanPlace } from './span.ts';
import type { Traces } from './traces.ts';

export interface ClientSpanOptions {
  /** The span that the request is made in (default: the active one, or none). */
  parent?: SpanPlace;
  attributes?: EndedSpan['attributes'];
}

/** Begins the span of one attempt of a request: how long it takes and how it ends, never to which address. Nothing where nobody wants it. */
export function clientSpan(
  traces: Traces,
  method: string,
  { parent = traces.active, attributes }: ClientSpanOptions = {},
): AttemptTrace | undefined {
  if (!traces.wanted) return undefined;
  const [place, startedAt] = [newPlace(parent), new Date()];
  return {
    headers: traces.headersFrom(place),
    ended: (status) => {
      const code = Number(status);
      traces.add({
        name: method,
        kind: 'client',
        place,
        parent,
        startedAt,
        endedAt: new Date(),
        attributes: {
          'http.request.method': method,
          'http.response.status_code': Number.isNaN(code) ? undefined : code,
          ...attributes,
        },
        error: code < 400 ? undefined : status,
      });
    },
  };
}
