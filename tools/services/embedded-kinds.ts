import type { EmbeddedKind } from './embedded-servers.ts';
import { findMongod } from './mongodb/mongod-binary.ts';
import { runningMongodb } from './mongodb/running-mongodb.ts';
import { startMongodb } from './mongodb/start-mongodb.ts';
import { runningRedis } from './redis/ping.ts';
import { findRedisServer } from './redis/redis-binary.ts';
import { startRedis } from './redis/start-redis.ts';

export interface Kind extends EmbeddedKind {
  /** The URI of the service that already listens on its standard port; rejects with the reason why it is of no use. */
  running: () => Promise<string>;
}

export const mongodbKind: Kind = {
  name: 'MongoDB',
  running: runningMongodb,
  findBinary: findMongod,
  start: startMongodb,
};
export const redisKind: Kind = { name: 'Redis', running: runningRedis, findBinary: findRedisServer, start: startRedis };
