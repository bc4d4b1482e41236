import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';

/** Types of the driver that mongoose brings. */
export type Collection<T extends object> = mongo.Collection<T>;
export type ClientSession = mongo.ClientSession;
export type BulkWrite<T extends object> = mongo.AnyBulkWriteOperation<T>;
export type Filter<T> = mongo.Filter<T>;

/** A model's collection as the driver has it, typed by what is stored. */
export function nativeCollection<T extends object>(model: Model<T>): Collection<T> {
  return plainCollection<T>(model);
}
