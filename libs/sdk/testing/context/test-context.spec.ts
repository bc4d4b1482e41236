import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { testContext } from './test-context.ts';

describe('testContext', () => {
  let root: string;
  beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'millrace-context-'))));
  afterEach(() => rm(root, { recursive: true }));

  it('keeps what is logged and what secrets become', async () => {
    const ctx = testContext({ a: 1 });
    ctx.log.warn({ page: 2 }, 'slow');
    await ctx.updateSecrets({ token: 'new' });
    expect(ctx.logs).toEqual([{ level: 'warn', fields: { page: 2 }, message: 'slow' }]);
    expect(ctx.secretUpdates).toEqual([{ token: 'new' }]);
    expect(ctx.config).toEqual({ a: 1 });
  });

  it('takes overrides', () => {
    const { signal } = new AbortController();
    expect(testContext({}, { signal }).signal).toBe(signal);
  });

  it.each([
    [429, 'rate_limited', 'Tests do not wait:'],
    [408, 'timeout', 'Check the request'],
  ])('tells what an API says of its error %i, as the server does, and what to do', async (status, code, advice) => {
    const server = createServer((_, response) => response.writeHead(status).end('{"error":"Slow down"}'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      await expect(testContext({}).http.get(`http://127.0.0.1:${port}/people`)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(`answered ${status} with "{"error":"Slow down"}". ${advice}`),
      });
    } finally {
      server.close();
    }
  });

  it('writes, lists and reads files under its folder', async () => {
    const { files } = testContext({}, { root });
    for (const append of [false, true]) {
      const out = await files.create('in/new.part', { append });
      out.end('ab');
      await finished(out);
    }
    await files.rename('in/new.part', 'in/2024.csv');
    expect(await files.list('**/*.{csv,txt}')).toEqual([join(root, 'in/2024.csv')]);
    expect(await files.list('in/20?4.csv')).toHaveLength(1);
    expect(await text(await files.open('in/2024.csv', { start: 2 }))).toBe('ab');
    expect(await files.size('in/2024.csv')).toMatchObject({ bytes: 4 });
    await files.remove('in/2024.csv');
    await expect(files.list('in/*.csv')).rejects.toMatchObject({ code: 'file_not_found' });
  });

  it('stays under its folder, links included', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'millrace-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'x');
    await symlink(outside, join(root, 'link'));
    const { files } = testContext({}, { root });
    await expect(files.open('link/secret.txt')).rejects.toMatchObject({ code: 'file_not_allowed' });
    await expect(files.list('../*')).rejects.toMatchObject({ code: 'file_not_allowed' });
    await rm(outside, { recursive: true });
  });
});
