import { mongo } from 'mongoose';

/** What a primary says that stops or is none any more: https://www.mongodb.com/docs/manual/reference/error-codes/ */
export const noPrimary: ReadonlySet<unknown> = new Set<unknown>([91, 189, 10107, 11600, 11602, 13435]);

/** The connection broke, or its server is not the primary any more: whether it did what it was asked for is not known. */
export function hasLostPrimary(error: unknown): boolean {
  return (
    error instanceof mongo.MongoNetworkError || (error instanceof mongo.MongoServerError && noPrimary.has(error.code))
  );
}

/** Likewise, or there is no server to ask, or nobody to ask it any more in a process that ends. */
export function isUnreachable(error: unknown): boolean {
  return hasLostPrimary(error) || unasked.some((one) => error instanceof one);
}

const unasked = [
  mongo.MongoServerSelectionError,
  mongo.MongoTopologyClosedError,
  mongo.MongoNotConnectedError,
  mongo.MongoClientClosedError,
];
