import { gzipSync } from 'node:zlib';
import { truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Row } from '@millrace/sdk';
import { fileContext } from '../testing/context.ts';
import { joined, pagesOf, scratch } from '../testing/read-rows.ts';
import { readFile } from './read-file.ts';
import type { FileResume } from './reading.ts';

let folder: Awaited<ReturnType<typeof scratch>>;
beforeAll(async () => {
  folder = await scratch();
});
afterAll(() => folder.remove());

async function read(name: string, content: string | Buffer, config: Record<string, unknown> = {}) {
  await folder.write(name, content);
  return joined(await pagesOf(folder.root, name, config));
}

describe('reading CSV', () => {
  it('names each row by file and line, also after quoted line breaks', async () => {
    const { records, positions } = await read('a.csv', 'id,note\r\n1,"two\r\nlines"\r\n\r\n2,\r\n');
    expect(records).toEqual([
      { id: '1', note: 'two\r\nlines' },
      { id: '2', note: null },
    ]);
    expect(positions).toEqual(['a.csv:2', 'a.csv:5']);
  });

  it('rejects bad rows with their original and goes on', async () => {
    const { records, rejects } = await read('bad.csv', 'a,b\n1\n2,3,4\n5,"x"y\n6,7\n8,"open\n9,10');
    expect(records).toEqual([
      { a: '6', b: '7' },
      { a: '9', b: '10' },
    ]);
    expect(rejects.map(({ position, code, raw }) => [position, code, raw])).toEqual([
      ['bad.csv:2', 'malformed_row', '1'],
      ['bad.csv:3', 'malformed_row', '2,3,4'],
      ['bad.csv:4', 'malformed_row', '5,"x"y'],
      ['bad.csv:6', 'malformed_row', '8,"open'],
    ]);
    expect(rejects[0]?.message).toContain('1 field, the header 2');
  });

  it('rejects a row whose bytes are not of the encoding, and only that one', async () => {
    const rows = ['name', 'Zoë', 'Åsa', iconv.encode('José', 'latin1'), 'Ann'].flatMap((row) => [
      Buffer.from(row),
      Buffer.from('\n'),
    ]);
    const { records, rejects } = await read('mixed.csv', Buffer.concat(rows));
    expect(records.map((record) => record.name)).toEqual(['Zoë', 'Åsa', 'Ann']);
    expect(rejects).toEqual([
      expect.objectContaining({ position: 'mixed.csv:4', code: 'invalid_encoding', raw: 'José' }),
    ]);
  });

  it.each([
    ['utf-8 with a mark', Buffer.from('\ufeffname;city\nZoë;Köln\n')],
    ['windows-1252', iconv.encode('name;city\nZoë;Köln\n', 'windows-1252')],
    ['utf-16le with a mark', iconv.encode('name;city\nZoë;Köln\n', 'utf-16le', { addBOM: true })],
    ['utf-16be with a mark', iconv.encode('name;city\nZoë;Köln\n', 'utf-16be', { addBOM: true })],
    ['utf-16le', iconv.encode('name;city\nZoë;Köln\n', 'utf-16le')],
    ['utf-32le with a mark', iconv.encode('name;city\nZoë;Köln\n', 'utf-32le', { addBOM: true })],
    ['utf-32be with a mark', iconv.encode('name;city\nZoë;Köln\n', 'utf-32be', { addBOM: true })],
    ['old line ends', Buffer.from('name;city\rZoë;Köln\r')],
    ['gzip', gzipSync('name;city\nZoë;Köln\n')],
    ['gzip of windows-1252', gzipSync(iconv.encode('name;city\nZoë;Köln\n', 'windows-1252'))],
  ])('recognises %s', async (_, content) => {
    expect((await read('known.csv', content)).records).toEqual([{ name: 'Zoë', city: 'Köln' }]);
  });

  it('reads a declared encoding', async () => {
    const { records } = await read('jp.csv', iconv.encode('name\n日本\n', 'shift_jis'), { encoding: 'shift_jis' });
    expect(records).toEqual([{ name: '日本' }]);
    await expect(read('x.csv', 'a\n1\n', { encoding: 'klingon' })).rejects.toMatchObject({ code: 'invalid_config' });
  });

  it('reads without a header, and empty cells as text', async () => {
    const { records, positions } = await read('plain.csv', '1,\n2,b\n', { header: false, emptyAsNull: false });
    expect(records).toEqual([
      { column1: '1', column2: '' },
      { column1: '2', column2: 'b' },
    ]);
    expect(positions).toEqual(['plain.csv:1', 'plain.csv:2']);
  });

  it.each([
    ['id,,name\n1,2,3\n', 'column 2 of 3 has no name'],
    ['id,name,id\n1,2,3\n', 'two columns are named "id"'],
    ['id,__proto__\n1,2\n', '__proto__'],
    ['id,"name\n1,2\n', 'first row cannot be read'],
    [iconv.encode('id,name\n1,2\n', 'utf-32le'), 'zero bytes'],
    ['id,na\0me\n1,2\n', 'zero bytes'],
  ])('refuses the header of %j', async (content, message) => {
    await expect(read('header.csv', content)).rejects.toMatchObject({
      code: 'malformed_row',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('reads an empty file as no rows', async () => {
    expect((await read('empty.csv', '')).records).toEqual([]);
  });

  it('says that gzip data is cut off', async () => {
    const cut = gzipSync('a,b\n1,2\n'.repeat(1_000)).subarray(0, 30);
    await expect(read('cut.csv.gz', cut)).rejects.toMatchObject({ code: 'invalid_response' });
  });
});

describe('reading JSON', () => {
  it('rejects lines that are no objects', async () => {
    const { records, rejects } = await read('a.jsonl', '{"a":1}\n{"a":\n\n[2]\n{"a":{"b":"é"}}');
    expect(records).toEqual([{ a: 1 }, { a: { b: 'é' } }]);
    expect(rejects.map(({ position, code }) => [position, code])).toEqual([
      ['a.jsonl:2', 'malformed_row'],
      ['a.jsonl:4', 'malformed_row'],
    ]);
  });

  it.each(['ids.jsonl', 'ids.json'])('tells large ids apart: %s', async (name) => {
    const [first, second] = ['{"id":9007199254740992}', '{"id":9007199254740993}'];
    const { records } = await read(name, name.endsWith('l') ? `${first}\n${second}` : `[${first},${second}]`);
    expect(records).toEqual([{ id: '9007199254740992' }, { id: '9007199254740993' }]);
  });

  it('reads a list inside a document', async () => {
    const { records, positions, rejects } = await read('d.json', '{"data":{"people":[{"a":1},2]}}', {
      recordsPath: 'data.people',
    });
    expect({ records, positions }).toEqual({ records: [{ a: 1 }], positions: ['d.json[0]'] });
    expect(rejects.map(({ position, raw }) => [position, raw])).toEqual([['d.json[1]', 2]]);
  });

  it('gives a record of a document that is too deep to be stored among the others: the engine rejects it alone', async () => {
    const deep = `{"id":2,"in":${'['.repeat(150)}${']'.repeat(150)}}`;
    const { records } = await read('deep.json', `[{"id":1},${deep},{"id":3}]`);
    expect(records.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('tells lines from a document by content', async () => {
    expect((await read('lines.json', '{"a":1}\n{"a":2}\n')).records).toHaveLength(2);
    expect((await read('one.json', '{\n "a": 1\n}\n')).records).toEqual([{ a: 1 }]);
    expect((await read('list', ' [{"a":1}]')).records).toEqual([{ a: 1 }]);
  });

  it('says what is wrong with a document', async () => {
    await expect(read('no.json', '{"data":{}}', { recordsPath: 'data.people' })).rejects.toMatchObject({
      code: 'invalid_response',
    });
    await expect(read('broken.json', '[{"a":1},', {})).rejects.toMatchObject({ code: 'invalid_response' });
  });
});

describe('going on from a page', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', 'é', '漢', '💚', ' '), maxLength: 6 });
  const line = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(cell, cell).map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')),
    },
    fc.constantFrom('too few', '1,2,3', 'x,"y"z', 'plain,text', ''),
  );
  const content = fc.array(line, { maxLength: 15 }).map((lines) => ['name,note', ...lines].join('\n'));
  const pack = fc.constantFrom<[string, (text: string) => Buffer]>(
    ['r.csv', (text) => Buffer.from(text)],
    ['r.csv', (text) => Buffer.from(`\ufeff${text}`)],
    ['r.csv', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['r.csv.gz', (text) => gzipSync(text)],
    ['r16.csv', (text) => iconv.encode(text, 'utf-16le', { addBOM: true })],
  );

  it('loses and repeats nothing, at any page', async () => {
    await fc.assert(
      fc.asyncProperty(content, pack, fc.integer({ min: 1, max: 4 }), async (text, [name, packed], rows) => {
        await folder.write(name, packed(text));
        const config = { delimiter: ',' };
        const whole = joined(await pagesOf(folder.root, name, config));
        const pages = await pagesOf(folder.root, name, config, { rows });
        expect(joined(pages)).toEqual(whole);
        for (const [index, page] of pages.entries()) {
          const resume = JSON.parse(JSON.stringify(page.resume)) as FileResume;
          const rest = await pagesOf(folder.root, name, config, { rows, resume });
          expect(joined([...pages.slice(0, index + 1), ...rest])).toEqual(whole);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('seeks in files that are longer than what is looked at first', async () => {
    const text = ['id,name', ...Array.from({ length: 30_000 }, (_, index) => `${index},Zoë number ${index}`)].join(
      '\n',
    );
    await folder.write('long.csv', text);
    const pages = await pagesOf(folder.root, 'long.csv');
    expect(pages).toHaveLength(30);
    const rest = await pagesOf(folder.root, 'long.csv', {}, { resume: pages[25]?.resume as FileResume });
    expect(joined(rest)).toEqual(joined(pages.slice(26)));
    expect(rest[0]?.records[0]).toEqual({ id: '26000', name: 'Zoë number 26000' });
  });

  it('refuses a file that was changed meanwhile', async () => {
    await folder.write('moving.csv', 'a,b\n1,2\n3,4\n');
    const [page] = await pagesOf(folder.root, 'moving.csv', {}, { rows: 1 });
    await utimes(join(folder.root, 'moving.csv'), new Date(), new Date('2026-01-01'));
    const rest = pagesOf(folder.root, 'moving.csv', {}, { resume: page?.resume as FileResume });
    await expect(rest).rejects.toMatchObject({ code: 'file_changed' });
  });

  it('gives no row that is not whole of a file that is cut off while it is read', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},number ${index}`);
    await folder.write('cut-off.csv', ['id,name', ...rows].join('\n'));
    const ctx = fileContext(folder.root, { path: 'cut-off.csv' });
    const records: Row[] = [];
    const reading = async () => {
      for await (const page of readFile(ctx, 'cut-off.csv')) {
        if (records.length === 0) await truncate(join(folder.root, 'cut-off.csv'), 400_003);
        records.push(...page.records);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'file_changed' });
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter(({ id, name }) => name !== `number ${String(id)}`)).toEqual([]);
  });

  it('goes on in a JSON document', async () => {
    await folder.write('list.json', JSON.stringify([{ a: 1 }, { a: 2 }, { a: 3 }]));
    const pages = await pagesOf(folder.root, 'list.json', {}, { rows: 1 });
    const rest = await pagesOf(folder.root, 'list.json', {}, { resume: pages[0]?.resume as FileResume });
    expect(joined(rest).records).toEqual([{ a: 2 }, { a: 3 }]);
  });
});
