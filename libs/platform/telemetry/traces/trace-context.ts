import type { IncomingHttpHeaders } from 'node:http';
import type { SpanPlace } from './span.ts';

/** W3C trace context (https://www.w3.org/TR/trace-context/): the headers `traceparent` and `tracestate`. */
export interface TraceContext {
  /** The span that a caller calls from, where its headers name one that is well-formed. */
  read(headers: IncomingHttpHeaders): SpanPlace | undefined;
  /** Headers for whoever is called from that span. */
  write(place: SpanPlace): Record<string, string>;
}

/** By OpenTelemetry's own propagator, which is loaded here. */
export async function openTraceContext(): Promise<TraceContext> {
  const [
    { W3CTraceContextPropagator },
    { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, trace, TraceFlags },
  ] = await Promise.all([import('@opentelemetry/core'), import('@opentelemetry/api')]);
  const propagator = new W3CTraceContextPropagator();
  return {
    read: (headers) => {
      const found = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
      if (!found) return undefined;
      const { traceId, spanId, traceFlags, traceState } = found;
      return {
        trace: traceId,
        span: spanId,
        ...((traceFlags & TraceFlags.SAMPLED) === 0 && { unsampled: true }),
        ...(traceState && { state: traceState }),
      };
    },
    write: ({ trace: traceId, span: spanId, unsampled, state: traceState }) => {
      const traceFlags = unsampled ? TraceFlags.NONE : TraceFlags.SAMPLED;
      const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, traceState });
      const headers: Record<string, string> = {};
      propagator.inject(context, headers, defaultTextMapSetter);
      return headers;
    },
  };
}
