export { bsonBound } from './bson-bound.ts';
export { connectMongo } from './connect-mongo.ts';
export { ensureIndexes } from './ensure-indexes.ts';
export { findLazily, type LazyDocuments } from './find-lazily.ts';
export { findMany } from './find-many.ts';
export { insertUnordered } from './insert-unordered.ts';
export { mongoModules, mongoUri } from './mongo.module.ts';
export { plainCollection } from './plain-collection.ts';
export { isDuplicate, lostRace, unlessTaken, writeUnordered } from './write-conflicts.ts';
