import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findBinary, type BinarySource } from './find-binary.ts';
import { fetchedBefore, onPath } from './sources.ts';

const works = 'echo "v1"';
const lacksCurl =
  'echo "x: error while loading shared libraries: libcurl.so.4: cannot open shared object file" >&2; exit 127';

describe('findBinary', () => {
  const realPath = process.env.PATH ?? '';
  let folder: string;
  let log: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-binaries-'));
    log = [];
  });
  afterEach(() => {
    process.env.PATH = realPath;
    rmSync(folder, { recursive: true });
  });

  function program(place: string, script: string): string {
    mkdirSync(join(folder, place), { recursive: true });
    const path = join(folder, place, 'server');
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  }

  function find(more: Partial<Parameters<typeof findBinary>[0]> = {}) {
    process.env.PATH = `${join(folder, 'path')}:${realPath}`;
    const download: BinarySource = {
      origin: 'download',
      name: 'a download',
      find: () => Promise.reject(new Error('offline')),
    };
    const sources = [onPath('server'), fetchedBefore(join(folder, 'bin', 'server')), download];
    return findBinary({
      service: 'Server',
      sources,
      before: [],
      advice: 'Install it.',
      log: (line) => log.push(line),
      ...more,
    });
  }

  it('prefers the PATH to what was fetched', async () => {
    const path = program('path', works);
    program('bin', works);
    expect(await find()).toEqual({ origin: 'path', path, env: {} });
  });

  it('takes what was fetched where the PATH has none, without fetching', async () => {
    const path = program('bin', works);
    expect(await find()).toEqual({ origin: 'fetched', path, env: {} });
    expect(log).toEqual([]);
  });

  it('passes by a program that does not run', async () => {
    program('path', 'exit 3');
    const path = program('bin', works);
    expect(await find()).toMatchObject({ origin: 'fetched', path });
  });

  it('lists every attempt with its reason, the missing library and what to install', async () => {
    program('path', lacksCurl);
    const error = await find({ before: [{ name: 'Server on its port', reason: 'refused' }] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'service_unavailable' });
    expect(String(error)).toMatch(/on its port: refused/);
    expect(String(error)).toMatch(/on the PATH: .*needs libcurl\.so\.4: apt-get install libcurl4/);
    expect(String(error)).toMatch(/bin\/server: not fetched yet/);
    expect(String(error)).toMatch(/a download: offline\nInstall it\.$/);
    expect(log).toEqual(['Fetching Server: a download']);
  });

  it('borrows a missing library, and says so when that does not help', async () => {
    const path = program('path', `[ -n "$LENT" ] || { ${lacksCurl}; }`);
    expect(await find({ lenders: { 'libcurl.so.4': async () => ({ LENT: 'yes' }) } })).toEqual({
      origin: 'path',
      path,
      env: { LENT: 'yes' },
    });
    await expect(find({ lenders: { 'libcurl.so.4': () => Promise.reject(new Error('no wheel')) } })).rejects.toThrow(
      /apt-get install libcurl4 .*\n\s+borrowing libcurl\.so\.4 failed: no wheel/m,
    );
  });
});
