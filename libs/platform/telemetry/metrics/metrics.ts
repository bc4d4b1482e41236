import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { messageOf } from '@millrace/sdk';
import type { Log } from '../../log/index.ts';

export interface MetricDescription<L extends string> {
  /** By Prometheus' conventions: `millrace_rows_total`, `millrace_page_seconds`. */
  name: string;
  help: string;
  /** Only what has few values: no ids of runs, people or rows. */
  labels?: L[];
}

/** The metrics of this process, in Prometheus' text format: its own, and those of Node and the process itself. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly failures: Counter<'metric'>;

  constructor(private readonly log: Log) {
    collectDefaultMetrics({ register: this.registry });
    this.failures = this.counter({
      name: 'millrace_metric_failures_total',
      help: 'Times that a metric could not be measured.',
      labels: ['metric'],
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  counter<L extends string = never>({ name, help, labels = [] }: MetricDescription<L>): Counter<L> {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  gauge<L extends string = never>({ name, help, labels = [] }: MetricDescription<L>): Gauge<L> {
    return new Gauge({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** @param buckets upper bounds in seconds */
  histogram<L extends string = never>(
    { name, help, labels = [] }: MetricDescription<L>,
    buckets: number[],
  ): Histogram<L> {
    return new Histogram({ name, help, labelNames: labels, buckets, registers: [this.registry] });
  }

  /** A gauge that is measured when somebody asks. What cannot be measured then is left out: the other metrics are told all the same. */
  measured<L extends string = never>(
    description: MetricDescription<L>,
    measure: (gauge: Gauge<L>) => Promise<void>,
  ): void {
    const { name, help, labels = [] } = description;
    const { failures, log } = this;
    new Gauge<L>({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          await measure(this);
        } catch (error) {
          failures.inc({ metric: name });
          log.debug({ metric: name, error: messageOf(error) }, 'a metric could not be measured');
        }
      },
    });
  }
}
