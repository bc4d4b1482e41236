import type { SettingRow } from './setting-row.ts';

/** What holds the data, and carries the work. */
export const storeSettings: SettingRow[] = [
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
];
