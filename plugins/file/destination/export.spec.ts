import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { PushContext, PushRow, Row } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { fileContext } from '../testing/context.ts';
import { scratch } from '../testing/read-rows.ts';
import { rowsObject } from './rows-object.ts';

let folder: Awaited<ReturnType<typeof scratch>>;
beforeEach(async () => {
  folder = await scratch();
});
afterEach(async () => {
  jest.useRealTimers();
  await folder.remove();
});

function context(config: Record<string, unknown>, batchId = 'b1'): PushContext<FileConfig> {
  const ctx = fileContext(folder.root, { output: 'out/people-{run}.csv', ...config });
  return { ...ctx, batchId, mode: 'insert', from: { connection: 'c', stream: 's' }, run: 'run_1' };
}

const rowsFrom = (seq: number, ...records: Row[]): PushRow[] =>
  records.map((record, index) => ({
    op: 'upsert',
    record,
    key: String(seq + index),
    at: '2026-01-01',
    seq: seq + index,
  }));

/** Only the date: files are real, and what they wait for is. */
const itIs = (now: string): void =>
  void jest.useFakeTimers({
    now: new Date(now),
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
  });

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(join(folder.root, path), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(join(folder.root, path), join(parentPath, name)));
}

/** A process that dies after so many changes to files. */
function killedAfter(changes: number, ctx: PushContext<FileConfig>): PushContext<FileConfig> {
  let left = changes;
  const unlessKilled = async <T>(change: () => Promise<T>): Promise<T> => {
    if (left-- <= 0) throw new Error('killed');
    return change();
  };
  const { files } = ctx;
  return {
    ...ctx,
    files: {
      list: (pattern) => files.list(pattern),
      open: (path, options) => files.open(path, options),
      size: (path) => files.size(path),
      create: (path, options) => unlessKilled(() => files.create(path, options)),
      rename: (from, to) => unlessKilled(() => files.rename(from, to)),
      remove: (path) => unlessKilled(() => files.remove(path)),
    },
  };
}

async function finishes(ctx: PushContext<FileConfig>): Promise<boolean> {
  try {
    await rowsObject.finish?.(ctx);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ message: 'killed' });
    return false;
  }
}

const output = (name = 'people-run_1.csv') => readFile(join(folder.root, 'out', name), 'utf8');

describe('an export', () => {
  it('joins its batches in order, each once, and leaves nothing else', async () => {
    const second = context({}, 'b2');
    await rowsObject.push(second, rowsFrom(2, { id: 3, extra: 'x' }));
    await rowsObject.push(context({}), rowsFrom(0, { id: 1 }, { id: 2, who: { name: 'Zoë, "Z"' } }));
    await rowsObject.push(second, rowsFrom(2, { id: 3, extra: 'x' }));
    await rowsObject.finish?.(context({}));
    expect(parse(await output())).toEqual([
      ['id', 'who.name', 'extra'],
      ['1', '', ''],
      ['2', 'Zoë, "Z"', ''],
      ['3', '', 'x'],
    ]);
    expect(await readdir(join(folder.root, 'out'))).toEqual(['people-run_1.csv']);
  });

  it('never replaces a finished file by what is left of its parts', async () => {
    await rowsObject.push(context({}), rowsFrom(0, { id: 1 }));
    await rowsObject.push(context({}, 'b2'), rowsFrom(1, { id: 2 }));
    const failing = context({});
    failing.files = { ...failing.files, remove: () => Promise.reject(new Error('killed')) };
    await expect(rowsObject.finish?.(failing)).rejects.toThrow('killed');
    await failing.files.rename('out/.run_1-000000000000-b1.part', 'elsewhere');
    await rowsObject.finish?.(context({}));
    await rowsObject.finish?.(context({}));
    expect(await output()).toBe('id\r\n1\r\n2\r\n');
    expect(await readdir(join(folder.root, 'out'))).toEqual(['people-run_1.csv']);
  });

  it.each(['out/{date}/{run}/people.csv', 'out/{date}.csv'])(
    'that goes on beyond midnight has every row, in the file of the day on which it ends: %s',
    async (pattern) => {
      const config = { output: pattern };
      itIs('2026-03-01T23:59:50Z');
      await rowsObject.push(context(config), rowsFrom(0, { id: 1 }));
      itIs('2026-03-02T00:00:10Z');
      await rowsObject.push(context(config, 'b2'), rowsFrom(1, { id: 2 }));
      await rowsObject.finish?.(context(config));
      const name = pattern.slice(4).replace('{date}', '2026-03-02').replace('{run}', 'run_1');
      expect(await filesIn('out')).toEqual([name]);
      expect(await output(name)).toBe('id\r\n1\r\n2\r\n');
    },
  );

  it('whose end is killed at any step and repeated after midnight is one file with every row', async () => {
    for (let steps = 0; ; steps++) {
      const config = { output: `out/${steps}/{date}/people.csv` };
      itIs('2026-03-01T23:59:50Z');
      await rowsObject.push(context(config), rowsFrom(0, { id: 1 }));
      await rowsObject.push(context(config, 'b2'), rowsFrom(1, { id: 2 }));
      if (await finishes(killedAfter(steps, context(config)))) break;
      itIs('2026-03-02T00:00:10Z');
      await rowsObject.finish?.(context(config));
      const files = await filesIn(`out/${steps}`);
      expect(files).toEqual([expect.stringMatching(/^2026-03-0[12]\/people.csv$/)]);
      expect(await output(`${steps}/${files[0]}`)).toBe('id\r\n1\r\n2\r\n');
    }
  });

  it('guards cells that a spreadsheet would run', async () => {
    const config = { columns: 'a,b' };
    await rowsObject.push(
      context(config),
      rowsFrom(0, { a: '=1+1', b: -5 }, { a: '@x', b: '+1' }, { a: ' pad ', b: [1] }),
    );
    await rowsObject.finish?.(context(config));
    expect(await output()).toBe(`a,b\r\n'=1+1,-5\r\n'@x,'+1\r\n" pad ",[1]\r\n`);
  });

  it('writes JSON Lines', async () => {
    const config = { output: 'out/all.jsonl' };
    await rowsObject.push(context(config), rowsFrom(0, { a: { b: 1 } }, { a: null }));
    await rowsObject.finish?.(context(config));
    expect(await output('all.jsonl')).toBe('{"a":{"b":1}}\n{"a":null}\n');
  });

  it('writes the header of an empty export, and refuses removals and odd paths', async () => {
    await rowsObject.finish?.(context({ columns: ['a', 'b'] }));
    expect(await output()).toBe('a,b\r\n');
    const [row] = rowsFrom(0, { a: 1 });
    expect(await rowsObject.push(context({}), row ? [{ ...row, op: 'delete' }] : [])).toMatchObject([
      { status: 'rejected' },
    ]);
    await expect(rowsObject.push(context({ output: 'out/*.csv' }), rowsFrom(0, {}))).rejects.toMatchObject({
      code: 'invalid_config',
    });
  });
});
