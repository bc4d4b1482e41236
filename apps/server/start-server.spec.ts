import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { createLog, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { startServer } from './start-server.ts';

it('a server that cannot listen says why, and is closed', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const services = testServices();
  const { mongodbUri, redisUrl, prefix: redisPrefix } = services;
  const masterKey = Buffer.alloc(32, 1).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, redisPrefix, masterKey, dataDir: '.millrace/test', port });
  await expect(startServer(settings, createLog({ level: 'silent' }))).rejects.toMatchObject({
    code: 'invalid_settings',
    message: `Another program listens on port ${port} of 127.0.0.1. End it, or set MILLRACE_PORT to another port.`,
  });
  other.close();
  const client = await new mongo.MongoClient(mongodbUri).connect();
  const lately = new Date(Date.now() - 20_000); // who ends dates its last sign of life back by 25 s
  expect(await client.db().collection('processes').countDocuments()).toBe(1);
  expect(
    await client
      .db()
      .collection('processes')
      .countDocuments({ seenAt: { $gt: lately } }),
  ).toBe(0);
  await client.close();
  await dropTestDatabase(services);
});

it('links lead to the port that was chosen where any will do', async () => {
  const services = testServices();
  const { mongodbUri, redisUrl, prefix: redisPrefix } = services;
  const key = 'any-port-admin-key-of-24-letters';
  const masterKey = Buffer.alloc(32, 1).toString('base64');
  const given = { mongodbUri, redisUrl, redisPrefix, masterKey, adminKey: key, dataDir: '.millrace/test' };
  const server = await startServer(
    new Settings({ ...given, processes: ['api'], port: 0 }),
    createLog({ level: 'silent' }),
  );
  const answer = await fetch(`${server.url}/api/preview`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: 'S', source: 'Hi', sample: {} }),
  });
  const { page } = (await answer.json()) as { page: string };
  await server.close();
  await dropTestDatabase(services);
  expect(new URL(page).host).toBe(new URL(server.url ?? '').host);
});
