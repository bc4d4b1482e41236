import { Injectable } from '@nestjs/common';
import { newPlace, rootPlace, Traces, type AnsweredAttempt } from '#platform';

/** Puts the HTTP requests of connectors into the traces of their runs: how long each attempt took and how it ended, never to which address. */
@Injectable()
export class HttpSpans {
  constructor(private readonly traces: Traces) {}

  /** What makes spans of the attempts of one connection in a run; nothing where nobody wants them. */
  of(
    { id, connector }: { id: string; connector: string },
    run: string | undefined,
  ): ((status: string, attempt: AnsweredAttempt) => void) | undefined {
    if (run === undefined || !this.traces.wanted) return undefined;
    const parent = rootPlace(run);
    return (status, { method, startedAt }) => {
      const code = Number(status);
      this.traces.add({
        name: method,
        kind: 'client',
        place: newPlace(parent),
        parent,
        startedAt,
        endedAt: new Date(),
        attributes: {
          'http.request.method': method,
          'http.response.status_code': Number.isNaN(code) ? undefined : code,
          'millrace.connection.id': id,
          'millrace.connector': connector,
        },
        error: code < 400 ? undefined : status,
      });
    };
  }
}
