import type { Received } from '#tools/testing';

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  links?: { traceId: string; spanId: string }[];
  traceState?: string;
  status: { code?: number; message?: string };
}

interface OtlpBody {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** A span as a collector got it, with its attributes by name. */
export type CollectedSpan = Omit<OtlpSpan, 'attributes'> & {
  service: unknown;
  attributes: Record<string, unknown>;
};

/** The spans in what a collector received as OTLP/JSON. */
export function spansIn(received: Received[]): CollectedSpan[] {
  return received.flatMap(({ body }) =>
    (JSON.parse(body) as OtlpBody).resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.map((span) => ({
          ...span,
          service: byName(resource.attributes)['service.name'],
          attributes: byName(span.attributes),
        })),
      ),
    ),
  );
}

function byName(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
