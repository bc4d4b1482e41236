import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import type { LockContent } from './process/data-lock.ts';
import { processStart } from './process/process-identity.ts';
import { startServices, type Services } from './start-services.ts';

const told: string[] = [];
const quiet = { log: (line: string) => void told.push(line), warn: (line: string) => void told.push(line) };
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const holder = ['--import', pathOf('../typescript/register.mjs'), pathOf('./fixtures/hold-services.ts')];

async function withMongodb<T>(uri: string, use: (people: mongo.Collection) => Promise<T>): Promise<T> {
  const client = await new mongo.MongoClient(uri).connect();
  try {
    return await use(client.db().collection('people'));
  } finally {
    await client.close();
  }
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await use(redis);
  } finally {
    await redis.quit();
  }
}

describe('startServices', () => {
  it('starts nothing and touches no folder where both services are given', async () => {
    const dataDir = join(tmpdir(), 'millrace-never-made');
    const services = await startServices({ dataDir, mongodbUri: 'mongodb://m/x', redisUrl: 'redis://r', ...quiet });
    await services.stop();
    expect(services).toMatchObject({ mongodbUri: 'mongodb://m/x', redisUrl: 'redis://r' });
    expect([services.mongodb.origin, services.redis.origin]).toEqual(['given', 'given']);
    expect(existsSync(dataDir)).toBe(false);
  });

  describe('on one folder, from start to start', () => {
    let dataDir: string;
    let services: Services;

    beforeAll(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'millrace-services-'));
    });
    afterAll(async () => {
      await services.stop();
      rmSync(dataDir, { recursive: true });
    });

    const portOf = (uri: string) => Number(/:(\d+)/.exec(uri)?.[1]);
    const expectData = async () => {
      expect(await withMongodb(services.mongodbUri, (people) => people.distinct('name'))).toEqual(['Ann']);
      expect(await withRedis(services.redisUrl, (redis) => redis.get('name'))).toBe('Ann');
    };

    it('ends with a killed parent; the next start finds data and ports again', async () => {
      const parent = spawn(process.execPath, [...holder, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
      const first = JSON.parse(line) as Pick<Services, 'mongodbUri' | 'redisUrl'>;
      await withMongodb(first.mongodbUri, (people) =>
        people.insertOne({ name: 'Ann' }, { writeConcern: { w: 'majority', journal: true } }),
      );
      await withRedis(first.redisUrl, (redis) => redis.set('name', 'Ann'));
      const { servers } = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as LockContent;
      expect(servers.map(({ pid }) => processStart(pid))).toEqual(servers.map(({ start }) => start));

      parent.kill('SIGKILL');
      await once(parent, 'exit');
      services = await startServices({ dataDir, isolated: true, ...quiet });

      expect(servers.map(({ pid }) => processStart(pid))).toEqual([undefined, undefined]);
      expect(services).toMatchObject(first);
      await expectData();
    });

    it('refuses a second start on the same folder', async () => {
      await expect(startServices({ dataDir, isolated: true, ...quiet })).rejects.toMatchObject({ code: 'data_in_use' });
      await expectData();
    });

    it('starts a killed server again, with its data and on its port, and tells', async () => {
      const { servers } = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as LockContent;
      for (const { pid } of servers) process.kill(pid, 'SIGKILL');
      for (const service of ['MongoDB', 'Redis']) {
        await until(() => told.includes(`${service} works again.`));
        expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${service} has ended by SIGKILL.*log: /`)));
      }
      await expectData();
      const now = (JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as LockContent).servers;
      expect(now).toHaveLength(2);
      for (const { pid, start } of now) expect(processStart(pid)).toBe(start);
      expect(readFileSync(join(dataDir, 'redis.log'), 'utf8').match(/Server initialized/g)).toHaveLength(2);
    });

    it('starts a server again whose supervisor was killed, never a second one beside it', async () => {
      const { servers } = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as LockContent;
      const redis = portOf(services.redisUrl);
      told.length = 0;
      for (const { pid } of servers) process.kill(parentOf(pid), 'SIGKILL');
      await until(() => told.filter((line) => line.endsWith('works again.')).length === 2);
      expect(servers.map(({ pid }) => processStart(pid))).toEqual([undefined, undefined]);
      expect(portOf(services.redisUrl)).toBe(redis);
      await expectData();
    });

    it('keeps its data when its ports are taken by the next start', async () => {
      const old = { mongodb: portOf(services.mongodbUri), redis: portOf(services.redisUrl) };
      await services.stop();
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
      const squatters = await Promise.all(Object.values(old).map(occupy));

      services = await startServices({ dataDir, isolated: true, ...quiet });

      expect(portOf(services.mongodbUri)).not.toBe(old.mongodb);
      await expectData();
      for (const squatter of squatters) squatter.close();
    });
  });
});

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await delay(20);
}

async function occupy(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect((server.address() as AddressInfo).port).toBe(port);
  return server;
}
