import { Injectable } from '@nestjs/common';
import { Metrics } from '#platform';

/** Counts the HTTP requests of connectors. */
@Injectable()
export class HttpMetrics {
  private readonly requests;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter({
      name: 'millrace_http_requests_total',
      help: 'Requests of connectors, each attempt once: by status, or by the code of the error where there was no answer.',
      labels: ['connector', 'status'],
    });
  }

  /** What counts the attempts of one connector. */
  of(connector: string): (status: string) => void {
    return (status) => this.requests.inc({ connector, status });
  }
}
