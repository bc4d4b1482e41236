import { MillraceError } from '@millrace/sdk';
import type { RedisOptions } from 'ioredis';
import type { Settings } from '../settings/index.ts';

export type RedisUse = 'client' | 'subscriber' | 'bclient';

/**
 * How we talk to Redis: reconnect for ever (at most 3 s apart), also when a fail-over leaves us on a replica. Connections that block or
 * subscribe wait through an outage instead of giving up, as Bull demands (OptimalBits/bull#1873).
 */
export function redisOptions(use: RedisUse): RedisOptions {
  const waits = use !== 'client';
  return {
    maxRetriesPerRequest: waits ? null : 20,
    enableReadyCheck: !waits,
    connectTimeout: 10_000,
    keepAlive: 10_000,
    disconnectTimeout: 500, // until a socket that does not close is destroyed
    retryStrategy: (attempt) => Math.min(attempt * 100, 3000),
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    connectionName: `millrace:${use}`,
  };
}

export function redisUrl({ redisUrl: url }: Settings): string {
  if (url !== undefined) return url;
  throw new MillraceError(
    'service_unavailable',
    'No Redis is known: set REDIS_URL, or run `npm run demo`, which brings its own.',
    {
      retryable: false,
    },
  );
}
