export type SettingType = 'text' | 'integer' | 'boolean' | 'list' | 'path' | 'paths';

export interface SettingRow {
  /** The environment variable. */
  key: string;
  /** Of the class Settings, which validates it. */
  property: string;
  type: SettingType;
  /** What holds when the variable is absent; none means that the setting stays undefined. */
  default?: (production: boolean) => string;
  /** How the documentation words the default, where the text itself does not say it. */
  defaultNote?: string;
  description: string;
  example: string;
  /** Its value is a secret: it may also come from a file, by `<key>_FILE`, and is never shown. */
  secret?: boolean;
}

/** Every setting, once: loading, validation messages and docs/settings.md come from here. */
export const settingsTable: SettingRow[] = [
  {
    key: 'MONGODB_URI',
    property: 'mongodbUri',
    type: 'text',
    defaultNote: 'an embedded or local server',
    description: 'The MongoDB replica set or sharded cluster, with the name of the database.',
    example: 'mongodb://db1,db2,db3/millrace?replicaSet=rs0',
    secret: true,
  },
  {
    key: 'REDIS_URL',
    property: 'redisUrl',
    type: 'text',
    defaultNote: 'an embedded or local server',
    description: 'The Redis server that carries the queues. `rediss://` for TLS.',
    example: 'redis://redis:6379/0',
    secret: true,
  },
  {
    key: 'MILLRACE_REDIS_PREFIX',
    property: 'redisPrefix',
    type: 'text',
    default: () => '{millrace}',
    description:
      'Begins every key of the queues in Redis: give each installation that shares a Redis its own. Braces keep the keys on one node of a cluster.',
    example: '{millrace-staging}',
  },
  {
    key: 'NODE_ENV',
    property: 'production',
    type: 'boolean',
    default: () => 'false',
    defaultNote: 'development',
    description: 'With `production` the defaults are the strict ones and a master key is required.',
    example: 'production',
  },
  {
    key: 'MILLRACE_HOST',
    property: 'host',
    type: 'text',
    default: () => '127.0.0.1',
    description: 'The address to listen on. Anything but localhost asks for TLS or `MILLRACE_ALLOW_PLAIN_HTTP`.',
    example: '0.0.0.0',
  },
  {
    key: 'MILLRACE_PORT',
    property: 'port',
    type: 'integer',
    default: () => '4400',
    description: 'The port to listen on; 0 takes a free one.',
    example: '8080',
  },
  {
    key: 'MILLRACE_PUBLIC_URL',
    property: 'publicUrl',
    type: 'text',
    defaultNote: '`http://<host>:<port>`',
    description:
      'The address under which browsers and senders of webhooks reach this server; links in answers start with it.',
    example: 'https://millrace.example.com',
  },
  {
    key: 'MILLRACE_TLS_CERT',
    property: 'tlsCert',
    type: 'path',
    description: 'A PEM file with the certificate chain. With `MILLRACE_TLS_KEY` the server speaks HTTPS itself.',
    example: '/etc/millrace/tls.crt',
  },
  {
    key: 'MILLRACE_TLS_KEY',
    property: 'tlsKey',
    type: 'path',
    description: 'The PEM file with the private key of the certificate.',
    example: '/etc/millrace/tls.key',
  },
  {
    key: 'MILLRACE_ALLOW_PLAIN_HTTP',
    property: 'allowPlainHttp',
    type: 'boolean',
    default: () => 'false',
    description: 'Listen beyond localhost without TLS: only behind a proxy that speaks TLS, or in a closed network.',
    example: 'true',
  },
  {
    key: 'MILLRACE_PROCESSES',
    property: 'processes',
    type: 'list',
    default: () => 'api,collector,worker',
    description:
      'What runs in this process: `api` answers `/api`, `collector` takes in events and webhooks (`/v1`, `/api/events`, `/hooks`), `worker` works on runs.',
    example: 'collector',
  },
  {
    key: 'MILLRACE_CONCURRENCY',
    property: 'concurrency',
    type: 'integer',
    default: () => '2',
    description: 'Slices that one worker process works on at the same time.',
    example: '8',
  },
  {
    key: 'MILLRACE_LEASE',
    property: 'lease',
    type: 'integer',
    default: () => '30',
    description:
      'Seconds after which others take over the work of a worker that has gone silent. Shorter: sooner; longer: more patient with a machine that stalls.',
    example: '15',
  },
  {
    key: 'MILLRACE_STALL_TIMEOUT',
    property: 'stallTimeout',
    type: 'integer',
    default: () => '600',
    description:
      'Seconds without any progress (no page from the source, nothing sent to the destination) after which a read is given up and tried again.',
    example: '1800',
  },
  {
    key: 'MILLRACE_WORKER_NAME',
    property: 'workerName',
    type: 'text',
    defaultNote: '`<host name>:<process id>`',
    description:
      'Names this process as long as it restarts: what it left behind is taken up at its next start instead of when the lease ends. No two processes may have the same.',
    example: 'worker-1',
  },
  {
    key: 'MILLRACE_SUBSCRIPTIONS',
    property: 'subscriptions',
    type: 'integer',
    default: () => '8',
    description: 'Subscribers of endless streams that one worker process has at the same time, besides its slices.',
    example: '32',
  },
  {
    key: 'MILLRACE_STREAM_RUN_SECONDS',
    property: 'streamRunSeconds',
    type: 'integer',
    default: () => '300',
    description:
      'After so many seconds a run of an endless stream is closed, and the next one begins. One without a row lasts twelve times as long.',
    example: '3600',
  },
  {
    key: 'MILLRACE_STREAM_RUN_ROWS',
    property: 'streamRunRows',
    type: 'integer',
    default: () => '100000',
    description: 'After so many rows of one subscriber a run of an endless stream is closed, too.',
    example: '1000000',
  },
  {
    key: 'MILLRACE_INBOX_DAYS',
    property: 'inboxDays',
    type: 'integer',
    default: () => '30',
    description:
      'Days that collected events and deliveries of webhooks are kept: so long a repeat is recognised, and so long a sync that reads them may rest without missing any.',
    example: '90',
  },
  {
    key: 'MILLRACE_DATA_DIR',
    property: 'dataDir',
    type: 'path',
    default: () => '.millrace',
    description: 'Where the embedded services and the generated master key live.',
    example: '/var/lib/millrace',
  },
  {
    key: 'MILLRACE_MASTER_KEY',
    property: 'masterKey',
    type: 'text',
    defaultNote: 'required in production; otherwise made once and kept in `<data dir>/master.key`',
    description: 'The key that secrets are sealed with: 32 bytes in base64 (`openssl rand -base64 32`).',
    example: 'the output of openssl rand -base64 32',
    secret: true,
  },
  {
    key: 'MILLRACE_OLD_MASTER_KEYS',
    property: 'oldMasterKeys',
    type: 'list',
    default: () => '',
    description:
      'Former master keys, newest first. They still open what they sealed; new secrets use the current key. Keep the oldest: lookup hashes in the database are made with it.',
    example: 'the former key',
    secret: true,
  },
  {
    key: 'MILLRACE_ADMIN_KEY',
    property: 'adminKey',
    type: 'text',
    defaultNote: 'one is made and printed at the first start',
    description: 'An API key with role admin that always works: at least 24 characters.',
    example: 'the output of openssl rand -hex 24',
    secret: true,
  },
  {
    key: 'MILLRACE_FILE_ROOTS',
    property: 'fileRoots',
    type: 'paths',
    default: (production) => (production ? '' : '.'),
    defaultNote: 'none in production; the working folder otherwise',
    description: 'The only folders that connectors may read and write, after resolving links.',
    example: '/srv/imports,/srv/exports',
  },
  {
    key: 'MILLRACE_PLUGINS',
    property: 'plugins',
    type: 'list',
    default: () => '',
    description: 'Folders or packages with further connectors.',
    example: '/srv/connectors/acme,millrace-plugin-erp',
  },
  {
    key: 'MILLRACE_ALLOW_PRIVATE_ADDRESSES',
    property: 'allowPrivateAddresses',
    type: 'boolean',
    default: (production) => String(!production),
    defaultNote: 'false in production; true otherwise',
    description: 'Let connectors reach private, loopback and link-local addresses.',
    example: 'true',
  },
  {
    key: 'MILLRACE_SMTP_URL',
    property: 'smtpUrl',
    type: 'text',
    description:
      'The mail server for alerts by e-mail: `smtp://` or `smtps://`, with user and password. It may have a private address.',
    example: 'smtps://millrace:password@mail.example.com:465',
    secret: true,
  },
  {
    key: 'MILLRACE_MAIL_FROM',
    property: 'mailFrom',
    type: 'text',
    description: 'The address that mails about alerts come from.',
    example: 'millrace@example.com',
  },
  {
    key: 'MILLRACE_LANDING_VERSIONS',
    property: 'landingVersions',
    type: 'integer',
    default: () => '10',
    description: 'Former versions that the landing keeps of a row; 0 keeps none.',
    example: '50',
  },
  {
    key: 'MILLRACE_LANDING_HISTORY_DAYS',
    property: 'landingHistoryDays',
    type: 'integer',
    default: () => '90',
    description: 'Days that the landing keeps a former version of a row, counted from when it was replaced.',
    example: '365',
  },
  {
    key: 'MILLRACE_PROFILE_HISTORY_DAYS',
    property: 'profileHistoryDays',
    type: 'integer',
    default: () => '400',
    description: 'Days that a change of a person is kept: so far back profiles can be seen as of a moment.',
    example: '90',
  },
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
    key: 'MILLRACE_KEEP_RUN_DETAILS_DAYS',
    property: 'keepRunDetailsDays',
    type: 'integer',
    default: () => '14',
    description: 'Days after which the slices and the log of a run that has ended are removed.',
    example: '7',
  },
  {
    key: 'MILLRACE_KEEP_RUNS_DAYS',
    property: 'keepRunsDays',
    type: 'integer',
    default: () => '180',
    description:
      'Days after which a run that has ended is removed with its rejects. The last run of a sync and its last success stay.',
    example: '400',
  },
  {
    key: 'MILLRACE_PRIVACY_DEADLINE_DAYS',
    property: 'privacyDeadlineDays',
    type: 'integer',
    default: () => '30',
    description: 'Days within which what a person asks for (export, erasure, restriction) has to be done.',
    example: '30',
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
