export { pagesOf, type ShardRecords } from './pages.ts';
export { placeJson, shardPlaces, type ShardPlace } from './shard-place.ts';
