import { rm } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { EmbeddedServers, mongodbKind } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import { createLog } from '../log/index.ts';
import { connectMongo } from './connect-mongo.ts';
import { giveUpSilentMongo } from './give-up-silent-mongo.ts';

it.each([
  ['is gone', 'SIGKILL'],
  ['stands still, with its connections open', 'SIGSTOP'],
] as const)(
  'whoever waits for a MongoDB that %s hears so when the process ends, and not before',
  async (_, signal) => {
    const folder = await makeDataFolder('millrace-farewell-');
    const servers = new EmbeddedServers(folder, () => undefined);
    const { uri, server } = await servers.start(mongodbKind);
    const connection = await connectMongo(uri, { serverSelectionTimeoutMS: 900_000 });
    const client = connection.getClient();
    const look = () => client.db().collection('people').findOne();
    const write = () => client.db().collection('signs').insertOne({});
    const lines: string[] = [];
    const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });

    await giveUpSilentMongo(client, log, write);
    await client.db().collection('people').insertMany([{}, {}, {}, {}, {}]);
    await look();
    expect(lines).toEqual([]);

    const cursor = client.db().collection('people').find({}, { batchSize: 2 });
    await cursor.next();
    process.kill(server.pid, signal);
    if (signal === 'SIGKILL') await server.ended;
    const waiting = expect(Promise.all([look(), cursor.toArray()])).rejects.toThrow();
    await giveUpSilentMongo(client, log, write);
    await waiting;
    await expect(look()).rejects.toThrow();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('MongoDB does not answer, or takes no writes, so this process ends without it');

    await connection.close();
    if (signal === 'SIGSTOP') process.kill(server.pid, 'SIGCONT');
    await servers.stop();
    await rm(folder, { recursive: true });
  },
  120_000,
);
