import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { redisKind } from '../embedded-kinds.ts';
import { EmbeddedServers } from '../embedded-servers.ts';
import { whyNoPong } from '../redis/ping.ts';
import type { LockContent } from './data-lock.ts';

let dataDir: string;
let servers: EmbeddedServers;
let told: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'millrace-kept-'));
  told = [];
  servers = new EmbeddedServers(dataDir, (line) => told.push(line));
});
afterEach(async () => {
  await servers.stop();
  rmSync(dataDir, { recursive: true });
});

const warn = (line: string): void => void told.push(line);
const pid = (): number => (JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as LockContent).servers[0]?.pid ?? 0;
const times = (end: string): number => told.filter((line) => line.endsWith(end)).length;
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await delay(10);
};

it('gives a server up that dies again and again, and tells where its log is', async () => {
  const { uri } = await servers.start(redisKind);
  servers.keepRunning(warn, { deaths: 3, wait: 10 });
  for (const again of [1, 2]) {
    process.kill(pid(), 'SIGKILL');
    await until(() => times('works again.') === again);
  }
  process.kill(pid(), 'SIGKILL');
  await until(() => told.some((line) => line.startsWith('Redis is given up: it has ended 3 times')));
  expect(told.at(-1)).toContain(join(dataDir, 'redis.log'));
  expect(await whyNoPong(Number(new URL(uri).port))).toBe('ECONNREFUSED');
});

it('is stopped in the middle of a restart, and starts nothing afterwards', async () => {
  const { uri, server } = await servers.start(redisKind);
  servers.keepRunning(warn, { deaths: 3, wait: 30 });
  process.kill(pid(), 'SIGKILL');
  await server.ended;
  await servers.stop();
  await delay(100);
  expect(await whyNoPong(Number(new URL(uri).port))).toBe('ECONNREFUSED');
});
