import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
afterEach(() => folder.remove());

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
