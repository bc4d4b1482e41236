import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { connectMongo } from '#platform';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

describe('a list of syncs', () => {
  let server: TestServer;
  let mongo: Connection;

  beforeAll(async () => {
    mongo = await connectMongo(testServices().mongodbUri);
    await mongo.createCollection('system.profile', { capped: true, size: 50_000_000 });
    server = await startTestServer({ processes: ['api'] });
    const path = join(server.folder, 'people.csv');
    await writeFile(path, 'id\n1\n');
    for (const name of ['one', 'two', 'three', 'four']) {
      await server.http.put(`/api/connections/${name}`, { name, connector: 'file', config: { path, key: 'id' } });
      const to = { connection: 'landing', object: 'row' };
      const sync = { name, from: { connection: name, stream: 'rows' }, to };
      expect(await server.http.put(`/api/syncs/${name}`, sync)).toMatchObject({ status: 201 });
    }
    await mongo.db?.command({ profile: 2 });
  });
  afterAll(async () => {
    await mongo.db?.command({ profile: 0 });
    await mongo.close();
    await server.close();
  });

  it.each(['/api/syncs', '/api/overview'])('asks for all connections together: %s', async (path) => {
    const profile = mongo.collection('system.profile');
    const before = await profile.countDocuments({ ns: /\.connections$/ });
    expect(await server.http.get(path)).toMatchObject({ status: 200 });
    expect((await profile.countDocuments({ ns: /\.connections$/ })) - before).toBe(1);
  });

  it('names a connection that is gone, and shows the others', async () => {
    await mongo.collection('connections').deleteOne({ slug: 'two' });
    const { data } = await server.http.get<{ data: { slug: string; state: string; reason: string }[] }>('/api/syncs');
    expect(data.data).toMatchObject([
      { slug: 'one', state: 'new' },
      {
        slug: 'two',
        state: 'disabled',
        reason: expect.stringMatching(/^There is no connection "con_\w+" any more\.$/),
      },
      { slug: 'three', state: 'new' },
      { slug: 'four', state: 'new' },
    ]);
    expect(await server.http.get('/api/overview')).toMatchObject({ data: { syncs: { new: 3, disabled: 1 } } });
  });
});
