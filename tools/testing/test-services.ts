import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { expect } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { mongo } from 'mongoose';

export interface TestServices {
  /** With the spec's own database in its path. */
  mongodbUri: string;
  redisUrl: string;
  dbName: string;
  /** For Bull's queues and any other key in Redis. */
  prefix: string;
}

/**
 * MongoDB and Redis for the spec file that calls: its own database and its own prefix, the same at every call within one run, so
 * that files can run side by side.
 * @throws MillraceError `service_unavailable` where the run was started without services
 */
export function testServices(): TestServices {
  const { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl } = process.env;
  if (!mongodbUri || !redisUrl) {
    const advice = 'Run specs with `npm test`, without MILLRACE_TEST_SERVICES=none, or set MONGODB_URI and REDIS_URL.';
    throw new MillraceError('service_unavailable', `The tests' MongoDB and Redis were not started. ${advice}`);
  }
  const dbName = nameForSpec(expect.getState().testPath ?? process.argv.join(' '));
  return { mongodbUri: withDatabase(mongodbUri, dbName), redisUrl, dbName, prefix: `{${dbName}}` };
}

/** Drops the spec's database: for `afterAll` where MONGODB_URI names a server that outlives the run. */
export async function dropTestDatabase({ mongodbUri }: Pick<TestServices, 'mongodbUri'>): Promise<void> {
  const client = new mongo.MongoClient(mongodbUri);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}

/** Readable, and unique by path and run: a given server may serve several runs at once. */
function nameForSpec(path: string): string {
  const hash = createHash('sha256').update(`${path}\0${process.env.TEST_RUN_ID}`).digest('hex').slice(0, 8);
  const name = basename(path)
    .replace(/\.spec\.ts$/, '')
    .replaceAll(/[^a-z0-9]+/gi, '_')
    .slice(0, 30);
  return `test_${name}_${hash}`;
}

/** The URI with another database in its path; hosts, credentials and options stay (several hosts are no valid URL). */
export function withDatabase(uri: string, dbName: string): string {
  const [, server, options = ''] = /^([^/]*\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  if (server === undefined)
    throw new MillraceError('invalid_settings', 'MONGODB_URI is not a MongoDB connection string.');
  return `${server}/${dbName}${options}`;
}
