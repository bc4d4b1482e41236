/** Which span of which trace, in hexadecimal, as W3C trace context has it. */
export interface SpanPlace {
  trace: string;
  span: string;
}

/** Something that took its time, and is over. Texts are sent without secrets and addresses; row data and concrete URLs have no place here. */
export interface EndedSpan {
  /** Has few values: `run`, `GET /api/runs/:id`. */
  name: string;
  kind?: 'internal' | 'server' | 'client';
  place: SpanPlace;
  parent?: SpanPlace;
  startedAt: Date;
  endedAt: Date;
  /** What is undefined is left out. */
  attributes: Record<string, string | number | boolean | undefined>;
  /** The code of the error that it ended with. */
  error?: string;
}
