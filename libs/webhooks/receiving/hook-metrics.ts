import { Injectable } from '@nestjs/common';
import { Metrics } from '#platform';

export type HookOutcome = 'kept' | 'answered' | 'refused' | 'unknown' | 'overloaded' | 'failed';

/** Counts what comes to the addresses of webhooks. */
@Injectable()
export class HookMetrics {
  private readonly requests;
  private readonly seconds;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter({
      name: 'millrace_webhook_requests_total',
      help: 'Requests to webhooks: kept, answered (a handshake), refused (signature, size), unknown (no such webhook), overloaded, failed.',
      labels: ['connector', 'outcome'],
    });
    this.seconds = metrics.histogram(
      { name: 'millrace_webhook_seconds', help: 'Time until a delivery was durable and acknowledged.' },
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    );
  }

  /** @param connector `none` where the address is no webhook's */
  count(connector: string, outcome: HookOutcome, seconds: number): void {
    this.requests.inc({ connector, outcome });
    if (outcome === 'kept') this.seconds.observe(seconds);
  }
}
