import { EventEmitter, once } from 'node:events';
import { rm } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { EmbeddedServers, mongodbKind } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import { createLog } from '../log/index.ts';
import { connectMongo } from './connect-mongo.ts';
import { tellMongoOutages } from './mongo-outages.ts';

it('an outage of MongoDB is two lines: when it begins, and when it is over', async () => {
  const folder = await makeDataFolder('millrace-outage-');
  const servers = new EmbeddedServers(folder, () => undefined);
  const { uri, server } = await servers.start(mongodbKind);
  const lines: string[] = [];
  const told = new EventEmitter();
  const write = (line: string): void => {
    lines.push(line);
    told.emit('line');
  };
  const connection = await connectMongo(uri, { serverSelectionTimeoutMS: 500 });
  tellMongoOutages(connection.getClient(), createLog({ destination: { write } }));

  const begun = once(told, 'line');
  process.kill(server.pid, 'SIGKILL');
  await begun;
  for (let n = 0; n < 3; n++) await expect(connection.collection('people').findOne()).rejects.toThrow(/ECONNREFUSED/);
  const over = once(told, 'line');
  await servers.start(mongodbKind);
  await over;
  await connection.collection('people').findOne();
  await connection.close();

  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'warn', msg: 'MongoDB cannot be reached, or has no primary: trying again until it can' },
    { level: 'info', seconds: expect.any(Number), msg: 'MongoDB is reachable again' },
  ]);
  await servers.stop();
  await rm(folder, { recursive: true });
}, 120_000);
