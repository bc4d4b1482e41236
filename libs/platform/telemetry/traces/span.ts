import type { TraceState } from '@opentelemetry/api';

/** Which span of which trace, in hexadecimal, as W3C trace context has it. */
export interface SpanPlace {
  trace: string;
  span: string;
  /** A caller that keeps no spans of this trace says so: then none of ours in it are sent. */
  unsampled?: true;
  /** What tracing systems on the way say to each other; it is handed on. */
  state?: TraceState;
}

/** Something that took its time, and is over. Texts are sent without secrets and addresses; row data and concrete URLs have no place here. */
export interface EndedSpan {
  /** Has few values: `run`, `GET /api/runs/:id`. */
  name: string;
  kind?: 'internal' | 'server' | 'client';
  place: SpanPlace;
  parent?: SpanPlace;
  /** A span of another trace that led to this one. */
  causedBy?: SpanPlace;
  startedAt: Date;
  endedAt: Date;
  /** What is undefined is left out. */
  attributes: Record<string, string | number | boolean | undefined>;
  /** The code of the error that it ended with. */
  error?: string;
}
