import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataDir, type LockContent } from './data-lock.ts';
import { processStart } from './process-identity.ts';

describe('lockDataDir', () => {
  let dataDir: string;
  const lockFile = () => join(dataDir, 'lock');
  const owner = () => (JSON.parse(readFileSync(lockFile(), 'utf8')) as LockContent).pid;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'millrace-lock-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  function leave(lock: Partial<LockContent>): void {
    writeFileSync(lockFile(), JSON.stringify({ since: '2026-01-01T00:00:00Z', servers: [], ...lock }));
  }

  async function deadPid(): Promise<number> {
    const child = spawn('true');
    await once(child, 'exit');
    return child.pid ?? 0;
  }

  it('is held by this process until it is released', async () => {
    const lock = await lockDataDir(dataDir);
    expect(owner()).toBe(process.pid);
    lock.release();
    expect(existsSync(lockFile())).toBe(false);
  });

  it('says what to do where there can be no such folder', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')])
      await expect(lockDataDir(folder)).rejects.toMatchObject({
        code: 'invalid_settings',
        message: expect.stringMatching(/cannot be used \(E.*Set MILLRACE_DATA_DIR to a folder/) as unknown,
      });
  });

  it('refuses a folder that a living process owns, and names that process', async () => {
    leave({ pid: process.ppid, start: processStart(process.ppid) });
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({
      code: 'data_in_use',
      message: expect.stringMatching(new RegExp(`process ${process.ppid} since 2026-01-01`)),
    });
  });

  it.each<[string, () => Promise<string>]>([
    ['of a process that is gone', async () => JSON.stringify({ pid: await deadPid(), start: 'boot:1' })],
    ['of a process whose id another one has now', async () => JSON.stringify({ pid: process.ppid, start: 'boot:1' })],
    ['that nobody can read', async () => '{"pid": 1'],
    ['that is empty', async () => ''],
  ])('takes over a lock %s', async (_, content) => {
    writeFileSync(lockFile(), await content());
    const lock = await lockDataDir(dataDir);
    expect(owner()).toBe(process.pid);
    lock.release();
  });

  it('ends the servers that a dead owner left behind', async () => {
    const server = spawn('sleep', ['600']);
    const ended = once(server, 'exit');
    const pid = server.pid ?? 0;
    leave({ pid: await deadPid(), start: 'boot:1', servers: [{ pid, start: processStart(pid) ?? '' }] });
    const lock = await lockDataDir(dataDir);
    expect(processStart(pid)).toBeUndefined();
    await ended;
    lock.release();
  });

  it('names them while it waits for their end, for whoever has to take over from it', async () => {
    const stubborn = spawn('sh', ['-c', 'trap "" TERM; echo; exec sleep 600']);
    await once(stubborn.stdout, 'data');
    const left = { pid: stubborn.pid ?? 0, start: processStart(stubborn.pid ?? 0) ?? '' };
    leave({ pid: await deadPid(), start: 'boot:1', servers: [left] });
    const taking = lockDataDir(dataDir);
    const servers = () => (JSON.parse(readFileSync(lockFile(), 'utf8')) as LockContent).servers;
    expect([owner(), servers()]).toEqual([process.pid, [left]]);
    stubborn.kill('SIGKILL');
    const lock = await taking;
    expect(servers()).toEqual([]);
    lock.release();
  });

  it('goes to one of many that come at the same time', async () => {
    leave({ pid: await deadPid(), start: 'boot:1' });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => lockDataDir(dataDir)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
