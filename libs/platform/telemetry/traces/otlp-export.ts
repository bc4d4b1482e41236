import { hostname } from 'node:os';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { readableSpan } from './readable-span.ts';
import type { EndedSpan } from './span.ts';

/** Takes spans at once, and sends them later. */
export interface SpanExport {
  add(span: EndedSpan): void;
  /** Sends what waits, and ends. */
  close(): Promise<void>;
}

export interface OtlpTarget {
  url: string;
  headers: Record<string, string>;
  serviceName: string;
  /** Is told of spans that did not arrive. */
  onLoss: (spans: number, error: Error) => void;
}

/** Milliseconds that a batch may take, with all its attempts: a shutdown waits no longer. */
const patience = 5_000;
/** Spans that wait in memory; what comes on top is dropped. */
const mostWaiting = 4_096;

/** Batches of spans to a collector, by OTLP over HTTP. OpenTelemetry's packages are loaded here and nowhere else. */
export async function openOtlpExport({ url, headers, serviceName, onLoss }: OtlpTarget): Promise<SpanExport> {
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }, { defaultResource, resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = withLosses(new OTLPTraceExporter({ url, headers, timeoutMillis: patience }), onLoss);
  const batches = new BatchSpanProcessor(exporter, { maxQueueSize: mostWaiting });
  const sender = { 'service.name': serviceName, 'host.name': hostname(), 'process.pid': process.pid };
  const origin = {
    resource: defaultResource().merge(resourceFromAttributes(sender)),
    instrumentationScope: { name: 'millrace' },
  };
  return {
    add: (span) => batches.onEnd(readableSpan(span, origin)),
    close: () => batches.shutdown(),
  };
}

/** OpenTelemetry tells failures only to a logger of the whole process, which is not ours to take. */
function withLosses(exporter: SpanExporter, onLoss: OtlpTarget['onLoss']): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) onLoss(spans.length, result.error);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
