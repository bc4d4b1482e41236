import { EventEmitter, once } from 'node:events';
import { rm } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { EmbeddedServers, mongodbKind } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import { toProblem } from '../errors/index.ts';
import { createLog } from '../log/index.ts';
import { connectMongo } from './connect-mongo.ts';
import { giveUpSilentMongo } from './give-up-silent-mongo.ts';
import { WriteWatch } from './write-watch.ts';

it('a MongoDB that answers and takes no writes is told, once, and again when it takes them; who ends does not wait for it', async () => {
  const folder = await makeDataFolder('millrace-locked-');
  const servers = new EmbeddedServers(folder, () => undefined);
  const { uri } = await servers.start(mongodbKind);
  const connection = await connectMongo(uri);
  const client = connection.getClient();
  const admin = client.db('admin');
  const lines: string[] = [];
  const told = new EventEmitter();
  const write = (line: string): void => {
    lines.push(line);
    told.emit('line');
  };
  const log = createLog({ destination: { write } });
  const watch = new WriteWatch(log, 500);
  const sign = async (): Promise<void> => {
    await client
      .db()
      .collection('signs')
      .updateOne({ n: 1 }, { $inc: { count: 1 } }, { upsert: true });
  };

  await watch.watch(sign);
  expect([watch.trouble, lines]).toEqual([undefined, []]);
  await admin.command({ fsync: 1, lock: true });
  const stuck = once(told, 'line');
  const waiting = watch.watch(sign);
  await stuck;
  await admin.command({ ping: 1 });
  expect(watch.trouble).toMatch(/^has taken no writes for \d+ s$/);
  await admin.command({ fsyncUnlock: 1 });
  await waiting;
  expect(watch.trouble).toBeUndefined();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'warn', msg: expect.stringContaining('MongoDB answers, but takes no writes') },
    { level: 'info', msg: 'MongoDB takes writes again' },
  ]);

  await admin.command({ setUserWriteBlockMode: 1, global: true });
  const refusal: unknown = await watch.watch(sign).catch((error: unknown) => error);
  expect(toProblem(refusal)).toMatchObject({
    code: 'service_unavailable',
    detail: expect.stringContaining('takes no writes'),
  });
  expect(watch.trouble).toBe('refuses writes (User writes blocked)');
  await admin.command({ setUserWriteBlockMode: 1, global: false });
  await watch.watch(sign);
  expect(watch.trouble).toBeUndefined();

  await admin.command({ fsync: 1, lock: true });
  const late = expect(watch.watch(sign)).rejects.toThrow();
  await giveUpSilentMongo(client, log, sign);
  await late;
  expect(lines.at(-1)).toContain('so this process ends without it');
  await servers.stop();
  await rm(folder, { recursive: true });
}, 120_000);
