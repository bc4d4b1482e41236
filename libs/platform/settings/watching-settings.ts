import type { SettingRow } from './setting-row.ts';

/** What this installation tells of itself: logs, metrics, traces, lineage. */
export const watchingSettings: SettingRow[] = [
  {
    key: 'MILLRACE_LOG_LEVEL',
    property: 'logLevel',
    type: 'text',
    default: () => 'info',
    description: 'The least level that is logged: `debug`, `info`, `warn`, `error` or `silent`.',
    example: 'debug',
  },
  {
    key: 'MILLRACE_LOG_FORMAT',
    property: 'logFormat',
    type: 'text',
    default: (production) => (production ? 'json' : 'pretty'),
    defaultNote: '`json` in production; `pretty` otherwise',
    description: 'Lines for machines (`json`) or for people (`pretty`).',
    example: 'json',
  },
  {
    key: 'MILLRACE_METRICS_TOKEN',
    property: 'metricsToken',
    type: 'text',
    defaultNote: 'none: `/metrics` takes API keys only',
    description: 'A token that reads `/metrics` and nothing else, for Prometheus: at least 16 characters.',
    example: 'the output of openssl rand -hex 24',
    secret: true,
  },
  {
    key: 'MILLRACE_METRICS_PORT',
    property: 'metricsPort',
    type: 'integer',
    defaultNote: 'none: only processes with `api` have `/metrics`',
    description:
      'A port for `/metrics` alone, over plain HTTP: for processes that only work. Beyond localhost it asks for `MILLRACE_METRICS_TOKEN`.',
    example: '9464',
  },
  {
    key: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    property: 'otlpEndpoint',
    type: 'text',
    defaultNote: 'none: no traces',
    description:
      'The OpenTelemetry collector that traces are sent to (OTLP over HTTP; `/v1/traces` is added). It may have a private address.',
    example: 'http://collector:4318',
  },
  {
    key: 'OTEL_EXPORTER_OTLP_HEADERS',
    property: 'otlpHeaders',
    type: 'text',
    description:
      'Headers for the collector, such as its key: `name=value` pairs separated by commas, values percent-encoded.',
    example: 'the pairs that the collector wants',
    secret: true,
  },
  {
    key: 'OTEL_SERVICE_NAME',
    property: 'serviceName',
    type: 'text',
    default: () => 'millrace',
    description: 'What this installation is called in traces.',
    example: 'millrace-staging',
  },
  {
    key: 'MILLRACE_OPENLINEAGE_URL',
    property: 'openLineageUrl',
    type: 'text',
    defaultNote: 'none: no lineage',
    description:
      'Where runs are told as OpenLineage events, such as Marquez (`/api/v1/lineage` is added). It may have a private address.',
    example: 'http://marquez:5000',
  },
  {
    key: 'MILLRACE_OPENLINEAGE_API_KEY',
    property: 'openLineageApiKey',
    type: 'text',
    description: 'Sent with OpenLineage events as `Authorization: Bearer …`.',
    example: 'the key that the endpoint gave you',
    secret: true,
  },
  {
    key: 'MILLRACE_OPENLINEAGE_NAMESPACE',
    property: 'openLineageNamespace',
    type: 'text',
    default: () => 'millrace',
    description:
      'The namespace of jobs and datasets in OpenLineage events: give each installation that shares an endpoint its own.',
    example: 'millrace-staging',
  },
];
