import type { SettingRow } from './setting-row.ts';

/** How this server is reached. */
export const serverSettings: SettingRow[] = [
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
    key: 'MILLRACE_TRACKING_URL',
    property: 'trackingUrl',
    type: 'text',
    defaultNote: '`MILLRACE_PUBLIC_URL`',
    description:
      'The address that tracking pixels, tracked links and the browser snippet start with: a domain of your own that leads to this server.',
    example: 'https://links.example.com',
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
    key: 'MILLRACE_TRUSTED_PROXIES',
    property: 'trustedProxies',
    type: 'list',
    default: () => '',
    defaultNote: 'none: the address is that of the connection',
    description:
      'The proxies before this server that tell by `X-Forwarded-For` who asks: addresses, CIDR ranges, or `loopback`. Name your own only: whoever reaches this server by one of them can be anybody.',
    example: 'loopback,10.0.0.0/16',
  },
];
