import { messageOf } from '@millrace/sdk';
import { mongo } from 'mongoose';

const standardPort = 27_017;
const timeouts = { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 5000 };

/**
 * The URI of the MongoDB that already listens on the standard port, provided that it is of use: a replica set, reachable under
 * its own addresses, with a primary, without a password. Rejects with the reason.
 */
export async function runningMongodb(): Promise<string> {
  const address = `mongodb://127.0.0.1:${standardPort}`;
  const hello = await ask(`${address}/?directConnection=true`, { hello: 1 });
  const setName: unknown = hello.setName;
  if (typeof setName !== 'string') throw new Error('it is not a replica set');
  const uri = `${address}/millrace?replicaSet=${encodeURIComponent(setName)}`;
  await ask(uri, { listCollections: 1, nameOnly: true });
  return uri;
}

async function ask(uri: string, command: mongo.Document): Promise<mongo.Document> {
  const client = new mongo.MongoClient(uri, timeouts);
  try {
    return await client.db('millrace').command(command, { readPreference: 'primaryPreferred' });
  } catch (error) {
    throw new Error(messageOf(error), { cause: error });
  } finally {
    await client.close();
  }
}
