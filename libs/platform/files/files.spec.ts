import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Files } from './files.ts';

let base: string;
let root: string;
let files: Files;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'millrace-files-')));
  root = join(base, 'root');
  await mkdir(join(root, 'sub'), { recursive: true });
  await writeFile(join(root, 'a.csv'), 'id\n1\n');
  await writeFile(join(root, 'sub', 'b.csv'), 'id\n2\n');
  await writeFile(join(base, 'outside.csv'), 'secret');
  files = new Files([root]);
});
afterEach(() => rm(base, { recursive: true }));

async function put(stream: Writable, content: string): Promise<void> {
  stream.end(content);
  await finished(stream);
}

const refused = expect.objectContaining({ code: 'file_not_allowed' });
const missing = expect.objectContaining({ code: 'file_not_found' });

describe('Files', () => {
  it('lists files by path and by pattern, sorted', async () => {
    expect(await files.list('a.csv')).toEqual([join(root, 'a.csv')]);
    expect(await files.list(join(root, 'sub/b.csv'))).toEqual([join(root, 'sub', 'b.csv')]);
    expect(await files.list('**/*.csv')).toEqual([join(root, 'a.csv'), join(root, 'sub', 'b.csv')]);
    expect(await files.list(`${root}/*.csv`)).toEqual([join(root, 'a.csv')]);
    await expect(files.list('none.csv')).rejects.toEqual(missing);
    await expect(files.list('*.json')).rejects.toEqual(missing);
  });

  it('reads from a position', async () => {
    expect(await text(await files.open('a.csv'))).toBe('id\n1\n');
    expect(await text(await files.open('a.csv', { start: 3 }))).toBe('1\n');
    const { mtime: modifiedAt } = await stat(join(root, 'a.csv'));
    expect(await files.size('a.csv')).toEqual({ bytes: 5, modifiedAt });
    await expect(files.open('sub')).rejects.toEqual(missing);
  });

  it('writes, appends, replaces, renames and removes', async () => {
    await put(await files.create('out/new.csv'), 'first, longer');
    await put(await files.create('out/new.csv'), 'one');
    await put(await files.create('out/new.csv', { append: true }), ' two');
    await files.rename('out/new.csv', 'done/final.csv');
    expect(await readFile(join(root, 'done/final.csv'), 'utf8')).toBe('one two');
    await files.remove('done/final.csv');
    await files.remove('done/final.csv');
    await expect(files.open('done/final.csv')).rejects.toEqual(missing);
  });

  it.each(['../outside.csv', '/etc/passwd', 'sub/../../outside.csv', '../*.csv', '/etc/*', '../root2/x', 'a\0.csv'])(
    'refuses %j',
    async (path) => {
      await expect(files.list(path)).rejects.toEqual(refused);
      await expect(files.create(path)).rejects.toEqual(refused);
      await expect(files.remove(path)).rejects.toEqual(refused);
    },
  );

  it('resolves links before it decides', async () => {
    await symlink(join(base, 'outside.csv'), join(root, 'link.csv'));
    await symlink(base, join(root, 'up'));
    await symlink(join(base, 'not-yet.csv'), join(root, 'dangling.csv'));
    await symlink(join(root, 'a.csv'), join(root, 'inner.csv'));
    for (const path of ['link.csv', 'up/outside.csv', 'up/*.csv', 'l*.csv'])
      await expect(files.list(path)).rejects.toEqual(refused);
    await expect(files.open('link.csv')).rejects.toEqual(refused);
    await expect(files.create('up/new.csv')).rejects.toEqual(refused);
    await expect(files.create('dangling.csv')).rejects.toEqual(refused);
    await expect(files.rename('a.csv', 'up/stolen.csv')).rejects.toEqual(refused);
    expect(await files.list('inner.csv')).toEqual([join(root, 'a.csv')]);
  });

  it('accepts a root that is itself a link', async () => {
    await symlink(root, join(base, 'alias'));
    expect(await new Files([join(base, 'alias')]).list('a.csv')).toEqual([join(root, 'a.csv')]);
  });

  it('opens nothing without roots', async () => {
    await expect(new Files([]).list('/etc/passwd')).rejects.toThrow(/MILLRACE_FILE_ROOTS/);
  });
});
