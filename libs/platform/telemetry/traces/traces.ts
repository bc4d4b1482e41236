import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Seldom, type Log } from '../../log/index.ts';
import { urlBelow } from '../../network/index.ts';
import type { Settings } from '../../settings/index.ts';
import { ActiveSpans } from './active-spans.ts';
import { parseOtlpHeaders } from './otlp-headers.ts';
import type { SpanExport } from './otlp-export.ts';
import type { EndedSpan, SpanPlace } from './span.ts';
import type { TraceContext } from './trace-context.ts';

const reportEvery = 600_000;
/** Milliseconds that a shutdown waits for the last spans. */
const lastWait = 5_000;

/** The traces of this process. Nothing is loaded or kept where no collector is configured. */
export class Traces implements OnApplicationShutdown {
  readonly #spans = new ActiveSpans();

  private constructor(
    private readonly sink?: SpanExport,
    private readonly context?: TraceContext,
  ) {}

  static async open(settings: Settings, log: Log): Promise<Traces> {
    const { otlpEndpoint, otlpHeaders, serviceName } = settings;
    if (otlpEndpoint === undefined) return new Traces();
    const [{ openOtlpExport }, { openTraceContext }] = await Promise.all([
      import('./otlp-export.ts'),
      import('./trace-context.ts'),
    ]);
    const lost = new Seldom(reportEvery);
    const sink = await openOtlpExport({
      url: urlBelow(otlpEndpoint, 'v1/traces'),
      headers: otlpHeaders === undefined ? {} : parseOtlpHeaders(otlpHeaders),
      serviceName,
      onLoss: (spans, error) =>
        lost.tell(spans, (all) =>
          log.warn(
            { spans: all, error: messageOf(error) },
            'traces did not reach the collector and are lost; runs go on. Check OTEL_EXPORTER_OTLP_ENDPOINT and the collector',
          ),
        ),
    });
    return new Traces(sink, await openTraceContext());
  }

  /** Whether spans go anywhere: where they do not, nobody needs to make them. */
  get wanted(): boolean {
    return this.sink !== undefined;
  }

  add(span: EndedSpan): void {
    if (!span.place.unsampled) this.sink?.add(span);
  }

  /** The span that this code runs in: that of the request to the API which is being answered. */
  get active(): SpanPlace | undefined {
    return this.#spans.current;
  }

  /** Runs work within a span, until it calls `end`. */
  within(place: SpanPlace, work: (end: () => void) => void): void {
    this.#spans.enter(place, work);
  }

  /** The span that a caller calls from, as its headers say. */
  callerIn(headers: IncomingHttpHeaders): SpanPlace | undefined {
    return this.context?.read(headers);
  }

  /** Headers for whoever is called from that span. */
  headersFrom(place: SpanPlace): Record<string, string> {
    return this.context?.write(place) ?? {};
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.sink) return;
    const giveUp = new AbortController();
    const closed = this.sink.close().catch(() => undefined); // what did not arrive was told above
    await Promise.race([closed, delay(lastWait, undefined, { signal: giveUp.signal }).catch(() => undefined)]);
    giveUp.abort();
  }
}
