import { afterAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { dropTestDatabase, testServices, withDatabase } from './test-services.ts';

describe('testServices', () => {
  afterAll(() => dropTestDatabase(testServices()));

  it('leads to a MongoDB with transactions, in a database of the spec file', async () => {
    const { mongodbUri, dbName } = testServices();
    const client = await new mongo.MongoClient(mongodbUri).connect();
    try {
      const people = client.db().collection('people');
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await people.insertOne({ name: 'Ann' }, { session });
          await people.insertOne({ name: 'Bob' }, { session });
        }),
      );
      expect(client.db().databaseName).toBe(dbName);
      expect(await people.countDocuments()).toBe(2);
    } finally {
      await client.close();
    }
  });

  it('gives the same names at every call and names that MongoDB and a cluster of Redis accept', () => {
    const { dbName, prefix } = testServices();
    expect(testServices().dbName).toBe(dbName);
    expect(dbName).toMatch(/^test_test_services_[0-9a-f]{8}$/);
    expect(prefix).toBe(`{${dbName}}`);
  });
});

describe('withDatabase', () => {
  it.each([
    ['mongodb://h:1', 'mongodb://h:1/x'],
    ['mongodb://h:1/', 'mongodb://h:1/x'],
    ['mongodb://h:1/old', 'mongodb://h:1/x'],
    ['mongodb://h:1,g:2/old?replicaSet=rs0&authSource=admin', 'mongodb://h:1,g:2/x?replicaSet=rs0&authSource=admin'],
    ['mongodb://u:p%2Fq@h?tls=true', 'mongodb://u:p%2Fq@h/x?tls=true'],
    ['mongodb+srv://u:p@cluster/old', 'mongodb+srv://u:p@cluster/x'],
  ])('puts the database into %s', (uri, expected) => {
    expect(withDatabase(uri, 'x')).toBe(expected);
  });

  it('refuses what is no connection string', () => {
    expect(() => withDatabase('localhost', 'x')).toThrow(/MONGODB_URI/);
  });
});
