export { Hints } from './hints.ts';
export { RedisClient, type BullConnectionOptions } from './redis-client.ts';
export { redisOptions, redisUrl, type RedisUse } from './redis-options.ts';
export { RequestCounts } from './request-counts.ts';
export { SharedHint, type SharedHintOptions } from './shared-hint.ts';
