import { Injectable } from '@nestjs/common';
import { clientSpan, rootPlace, Traces, type TraceAttempt } from '#platform';

/** Puts the HTTP requests of connectors into the traces of their runs, or of the requests to the API that they are made for. */
@Injectable()
export class HttpSpans {
  constructor(private readonly traces: Traces) {}

  /** What makes spans of the attempts of one connection. */
  of({ id, connector }: { id: string; connector: string }, run: string | undefined): TraceAttempt {
    const attributes = { 'millrace.connection.id': id, 'millrace.connector': connector };
    const ofRun = run === undefined ? undefined : rootPlace(run);
    return (method) => clientSpan(this.traces, method, { parent: ofRun, attributes });
  }
}
