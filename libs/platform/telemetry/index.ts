export { Metrics, type MetricDescription } from './metrics/metrics.ts';
export { MetricsServer } from './metrics/metrics-server.ts';
