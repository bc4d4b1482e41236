import { rm } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { EmbeddedServers, mongodbKind } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import { createLog } from '../log/index.ts';
import { connectMongo } from './connect-mongo.ts';
import { giveUpSilentMongo } from './give-up-silent-mongo.ts';

it('whoever waits for a MongoDB that does not answer hears so when the process ends, and not before', async () => {
  const folder = await makeDataFolder('millrace-farewell-');
  const servers = new EmbeddedServers(folder, () => undefined);
  const { uri, server } = await servers.start(mongodbKind);
  const connection = await connectMongo(uri, { serverSelectionTimeoutMS: 900_000 });
  const client = connection.getClient();
  const look = () => client.db().collection('people').findOne();
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });

  await giveUpSilentMongo(client, log);
  await look();
  expect(lines).toEqual([]);

  process.kill(server.pid, 'SIGKILL');
  await server.ended;
  const waiting = expect(look()).rejects.toThrow();
  await giveUpSilentMongo(client, log);
  await waiting;
  await expect(look()).rejects.toThrow();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('MongoDB does not answer, so this process ends without it');

  await connection.close();
  await servers.stop();
  await rm(folder, { recursive: true });
}, 120_000);
