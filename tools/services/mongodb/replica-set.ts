import { mongo } from 'mongoose';

export const replicaSet = 'rs0';

const alreadyInitialized = 23; // MongoDB's error code AlreadyInitialized
const patienceMs = 60_000;

/**
 * Makes the `mongod` at this port of 127.0.0.1 the only member, and so the primary, of its replica set, unless it is that from
 * its last start. Resolves with the URI once it accepts writes.
 */
export async function makeReplicaSet(port: number): Promise<string> {
  await withClient(directUri(port), (client) => initiate(client, hostAt(port)));
  const uri = `mongodb://${hostAt(port)}/millrace?replicaSet=${replicaSet}`;
  await withClient(uri, (client) => client.db().command({ ping: 1 }, { readPreference: 'primary' }));
  return uri;
}

/**
 * Tells the replica set in these data that its only member has this port now. The `mongod` runs without `--replSet` meanwhile: a
 * member that starts as such first asks whoever has its old port, and that may be a program that never answers.
 * Source: https://www.mongodb.com/docs/manual/tutorial/change-hostnames-in-a-replica-set/
 */
export async function moveReplicaSet(port: number): Promise<string> {
  const uri = directUri(port);
  await withClient(uri, (client) =>
    client
      .db('local')
      .collection('system.replset')
      .updateOne({}, { $set: { 'members.0.host': hostAt(port) }, $inc: { version: 1 } }),
  );
  return uri;
}

async function initiate(client: mongo.MongoClient, host: string): Promise<void> {
  try {
    await client.db('admin').command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === alreadyInitialized)) throw error;
  }
}

function hostAt(port: number): string {
  return `127.0.0.1:${port}`;
}

function directUri(port: number): string {
  return `mongodb://${hostAt(port)}/?directConnection=true`;
}

async function withClient(uri: string, use: (client: mongo.MongoClient) => Promise<unknown>): Promise<void> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: patienceMs });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}
