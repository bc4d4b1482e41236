import { MillraceError, messageOf } from '@millrace/sdk';
import mongoose, { type Connection, type ConnectOptions } from 'mongoose';
import { redactText } from '../log/index.ts';

const defaults = {
  retryWrites: true,
  retryReads: true,
  minPoolSize: 2,
  maxPoolSize: 50,
  serverSelectionTimeoutMS: 10_000,
  connectTimeoutMS: 10_000, // whoever waits for a handshake cannot be called off: a stop beside a MongoDB that stands still waits, too
  appName: 'millrace',
} satisfies ConnectOptions;

/** What every write asks for, in the words of the server's commands: a raw command inherits nothing of the connection. */
export const durably = { w: 'majority', j: true } as const;

/**
 * How we talk to MongoDB: durable writes whatever the URI says, and indexes built only by `ensureIndexes`; pool sizes and times
 * are ours unless the URI has its own.
 */
export function mongoOptions(uri: string): ConnectOptions {
  const given = new URLSearchParams(uri.split('?')[1]?.toLowerCase());
  const ours = Object.entries(defaults).filter(([name]) => !given.has(name.toLowerCase()));
  return {
    ...Object.fromEntries(ours),
    autoIndex: false,
    autoCreate: false,
    writeConcern: { w: durably.w, journal: durably.j },
  };
}

/**
 * A connection that is ready. Throws `service_unavailable` when the server cannot be reached, or when it stands alone: without
 * a replica set there are no majority writes, transactions or change streams.
 */
export async function connectMongo(uri: string, options: ConnectOptions = {}): Promise<Connection> {
  const connection = mongoose.createConnection(uri, { ...mongoOptions(uri), ...options });
  try {
    await connection.asPromise();
    await refuseStandalone(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw mongoUnavailable(error);
  }
}

/** Throws `service_unavailable` unless the server belongs to a replica set or is the router of a sharded cluster. */
export async function refuseStandalone(connection: Connection): Promise<void> {
  const hello = await connection.getClient().db('admin').command({ hello: 1 });
  if (hello.setName !== undefined || hello.msg === 'isdbgrid') return;
  throw new MillraceError(
    'service_unavailable',
    'MongoDB runs as a standalone server, where writes cannot be made safe. Start mongod with `--replSet rs0`, run ' +
      '`rs.initiate()` once in mongosh, and add `?replicaSet=rs0` to MONGODB_URI.',
    { retryable: false },
  );
}

/** What failed, without the credentials that a driver's message may repeat. */
export function mongoUnavailable(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  return new MillraceError(
    'service_unavailable',
    `MongoDB cannot be reached: ${redactText(messageOf(error))}. Check MONGODB_URI and that the server runs.`,
    { cause: error },
  );
}
