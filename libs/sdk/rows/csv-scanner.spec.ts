import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvScanner } from './csv-scanner.ts';
import type { RawRow } from './raw-row.ts';

const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r\n', ' ', 'a', 'é'), maxLength: 8 }),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));
const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  closed: fc.boolean(),
  quoteAll: fc.boolean(),
});

interface Style {
  delimiter: string;
  lineEnd: string;
  closed: boolean;
  quoteAll: boolean;
}

/** A table as RFC 4180 writes it. */
function written(rows: string[][], { delimiter, lineEnd, closed, quoteAll }: Style): string {
  const lines = rows.map((row) =>
    row
      .map((text) => (quoteAll || needsQuotes(text, delimiter) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(delimiter),
  );
  return lines.join(lineEnd) + (closed ? lineEnd : '');
}

function needsQuotes(text: string, delimiter: string): boolean {
  return text === '' || /["\r\n]/.test(text) || text.includes(delimiter);
}

function scan(text: string, delimiter: string, chunk = text.length): RawRow[] {
  const scanner = new CsvScanner(delimiter, '\n', { offset: 0, line: 1 });
  const rows: RawRow[] = [];
  const drain = () => {
    for (let row = scanner.next(); row; row = scanner.next()) rows.push(row);
  };
  for (let at = 0; at < text.length; at += Math.max(1, chunk)) {
    scanner.push(text.slice(at, at + Math.max(1, chunk)));
    drain();
  }
  scanner.end();
  drain();
  return rows;
}

describe('the CSV scanner', () => {
  it('reads what csv-parse reads, however the text is cut', () => {
    fc.assert(
      fc.property(table, style, fc.integer({ min: 1, max: 40 }), (rows, how, chunk) => {
        const text = written(rows, how);
        const expected = parse(text, { delimiter: how.delimiter, record_delimiter: how.lineEnd });
        expect(scan(text, how.delimiter, chunk).map((row) => row.fields)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('knows where each row starts', () => {
    fc.assert(
      fc.property(table, style, fc.integer({ min: 1, max: 40 }), (rows, how, chunk) => {
        const text = written(rows, how);
        let end = 0;
        for (const row of scan(text, how.delimiter, chunk)) {
          expect(row.start).toBe(end);
          expect(row.line).toBe(text.slice(0, row.start).split('\n').length);
          expect(text.slice(row.start, row.end)).toMatch(/^[^]/);
          end = row.end;
        }
        expect(end).toBe(text.length);
      }),
      { numRuns: 200 },
    );
  });

  it('gives up one line for a broken quote', () => {
    const rows = scan('a,"b"c\n1,"open\n2,3\n"x""",4\n', ',');
    expect(rows.map(({ line, fault, fields }) => [line, fault ?? fields])).toEqual([
      [1, 'text_after_quote'],
      [2, 'text_after_quote'],
      [3, ['2', '3']],
      [4, ['x"', '4']],
    ]);
    expect(scan('1,"open\n2,3\n', ',').map(({ line, fault, fields }) => [line, fault ?? fields])).toEqual([
      [1, 'unclosed_quote'],
      [2, ['2', '3']],
    ]);
  });

  it('takes a quote within a field as text', () => {
    expect(scan('6" pan,5 "x"\n', ',').map((row) => row.fields)).toEqual([['6" pan', '5 "x"']]);
  });

  it('reads over lines that are too long, keeping their beginning', () => {
    const long = 'x'.repeat(1_500_000);
    const rows = scan(`1,2\n${long}\n3,4\n`, ',', 64_000);
    expect(rows.map(({ line, start, end, fault, text }) => [line, start, end, fault, text.length])).toEqual([
      [1, 0, 4, undefined, 3],
      [2, 4, 1_500_005, 'too_large', 10_000],
      [3, 1_500_005, 1_500_009, undefined, 3],
    ]);
    expect(scan(`1,2\n${long}`, ',').map((row) => row.fault)).toEqual([undefined, 'too_large']);
  });
});
