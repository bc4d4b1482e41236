import type { Attributes, HrTime, SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { redactText } from '../../log/index.ts';
import type { EndedSpan, SpanPlace } from './span.ts';

/** Who the spans come from. */
export interface SpanOrigin {
  resource: Resource;
  instrumentationScope: ReadableSpan['instrumentationScope'];
}

// The numbers of @opentelemetry/api's enums: its values are not to be imported where no traces are wanted.
const kinds = { internal: 0, server: 1, client: 2 };
const [unset, failed] = [0, 2];
const sampled = 1;

/** An ended span in the shape that OpenTelemetry's exporters read. No tracer makes it, so that its ids can be derived. */
export function readableSpan(span: EndedSpan, origin: SpanOrigin): ReadableSpan {
  const [from, to] = [span.startedAt.getTime(), Math.max(span.startedAt.getTime(), span.endedAt.getTime())];
  const context = contextOf(span.place);
  return {
    ...origin,
    name: redactText(span.name),
    kind: kinds[span.kind ?? 'internal'],
    spanContext: () => context,
    parentSpanContext: span.parent && contextOf(span.parent),
    startTime: hrTime(from),
    endTime: hrTime(to),
    duration: hrTime(to - from),
    ended: true,
    status: span.error === undefined ? { code: unset } : { code: failed, message: redactText(span.error) },
    attributes: attributesOf(span),
    links: span.causedBy ? [{ context: contextOf(span.causedBy) }] : [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function contextOf({ trace, span, state }: SpanPlace): SpanContext {
  return { traceId: trace, spanId: span, traceFlags: sampled, traceState: state };
}

function attributesOf({ attributes, error }: EndedSpan): Attributes {
  const all = Object.entries({ ...attributes, ...(error !== undefined && { 'error.type': error }) });
  return Object.fromEntries(
    all.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? redactText(value) : value]],
    ),
  );
}

function hrTime(milliseconds: number): HrTime {
  return [Math.floor(milliseconds / 1_000), (milliseconds % 1_000) * 1_000_000];
}
