import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../parse-json.ts';
import { readCsv, readJsonLines } from './read-text.ts';

const people = 'id,name,city\r\n1,"Ann, B",Rome\r\n2,"Bé ""x""",\r\n\r\n3,"two\nlines",Oslo\r\n';

describe('readCsv', () => {
  it.each([
    ['text', people],
    ['UTF-8', Buffer.from(people)],
    ['text with a byte order mark', `\ufeff${people}`],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${people}`)],
  ])('reads %s', (_, data) => {
    expect(readCsv(data)).toEqual({
      columns: ['id', 'name', 'city'],
      rows: {
        records: [
          { id: '1', name: 'Ann, B', city: 'Rome' },
          { id: '2', name: 'Bé "x"', city: null },
          { id: '3', name: 'two\nlines', city: 'Oslo' },
        ],
        positions: ['line 2', 'line 3', 'line 5'],
        rejects: [],
      },
    });
  });

  it('reads another delimiter, and empty values as text', () => {
    expect(readCsv('a;b\n1;\n', { delimiter: ';', emptyAsNull: false }).rows.records).toEqual([{ a: '1', b: '' }]);
  });

  it('reads the line ends of old Macs', () => {
    expect(readCsv('a,b\r1,2\r3,4').rows.records).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it.each([
    ['nothing', '', []],
    ['only names', 'a, b \n', ['a', 'b']],
  ])('finds no rows in %s', (_, text, columns) => {
    expect(readCsv(text)).toEqual({ columns, rows: { records: [], positions: [], rejects: [] } });
  });

  it('takes a broken row from nobody but itself', () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,ok\n2,"bad"x\n3,a,b\n4\n5,'),
      Buffer.from([0xff]),
      Buffer.from('\n6,"open\n7,é\n'),
    ]);
    const { records, rejects } = readCsv(bytes).rows;
    expect(records.map(({ id }) => id)).toEqual(['1', '7']);
    expect(rejects.map(({ position, code, raw }) => [position, code, raw])).toEqual([
      ['line 3', 'malformed_row', '2,"bad"x'],
      ['line 4', 'malformed_row', '3,a,b'],
      ['line 5', 'malformed_row', '4'],
      ['line 6', 'invalid_encoding', '5,ÿ'],
      ['line 7', 'malformed_row', '6,"open'],
    ]);
  });

  it.each([
    ['a,,b\n', 'Line 1: column 2 of 3 has no name'],
    ['\na,b,a\n', 'Line 2: two columns are named "a"'],
    ['a,__proto__\n', 'named __proto__'],
    ['"a\n1\n', 'cannot be read as CSV'],
  ])('refuses the names in %j', (text, message) => {
    expect(() => readCsv(text)).toThrow(
      expect.objectContaining({ code: 'malformed_row', message: expect.stringContaining(message) as unknown }),
    );
  });
});

describe('readJsonLines', () => {
  it('reads an object a line, as text and as bytes alike', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 }), (objects) => {
        const text = objects.map((object) => JSON.stringify(object)).join('\n\n');
        const rows = readJsonLines(text);
        expect(rows).toEqual(readJsonLines(Buffer.from(text)));
        expect(rows.rejects).toEqual([]);
        expect(JSON.stringify(rows.records)).toBe(JSON.stringify(parseJson(JSON.stringify(objects))));
      }),
    );
  });

  it('keeps integers exact, and takes a broken line from nobody but itself', () => {
    const { records, positions, rejects } = readJsonLines('{"id":9007199254740993}\nno JSON\n[1]\r\n{"id":2}');
    expect(records).toEqual([{ id: '9007199254740993' }, { id: 2 }]);
    expect(positions).toEqual(['line 1', 'line 4']);
    expect(rejects.map(({ raw, code }) => [raw, code])).toEqual([
      ['no JSON', 'malformed_row'],
      ['[1]', 'malformed_row'],
    ]);
  });
});
