export { Metrics, type MetricDescription } from './metrics/metrics.ts';
export { MetricsServer } from './metrics/metrics-server.ts';
export { clientSpan, type ClientSpanOptions } from './traces/client-span.ts';
export type { EndedSpan, SpanPlace } from './traces/span.ts';
export { newPlace, rootPlace } from './traces/span-places.ts';
export { Traces } from './traces/traces.ts';
