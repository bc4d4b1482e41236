import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { cell, columnsOf } from './cells.ts';
import { effectsLine, ledgerLine, unsettledNote } from './ledger-line.ts';
import { plainText } from './plain-text.ts';
import { recordsText } from './records-text.ts';
import { tableText } from './table.ts';
import { timeText } from './time-text.ts';

const none = { read: 0, written: 0, unchanged: 0, superseded: 0, rejected: 0, filtered: 0 };
const lineOf = (ledger: Partial<typeof none>): string => stripVTControlCharacters(ledgerLine({ ...none, ...ledger }));

describe('a ledger', () => {
  it('shows where rows ended, without what did not occur', () => {
    expect(lineOf({ read: 62, written: 57, rejected: 5 })).toBe('62 read = 57 written + 5 rejected');
    expect(lineOf({})).toBe('0 read = 0 written');
  });

  it('counts what was cut off', () => {
    expect(stripVTControlCharacters(ledgerLine({ ...none, read: 3, written: 2, unsettled: 1 }))).toBe(
      '3 read = 2 written + 1 unsettled',
    );
    expect(unsettledNote({ ...none, unsettled: 1 })).toContain('before it was known whether they arrived');
    expect(unsettledNote(none)).toBe('');
  });

  it('tells when it does not add up', () => {
    expect(lineOf({ read: 3, written: 2 })).toBe('3 read = 2 written (does not add up)');
  });

  it('has effects beside it', () => {
    expect(effectsLine({ created: 57, updated: 0, lines: 20 })).toBe('57 created, 20 lines');
    expect(effectsLine({})).toBe('');
  });
});

describe('a time', () => {
  it('is as exact as one wants to know', () => {
    expect([0.2, 89, 90, 3_600, 12_000].map(timeText)).toEqual(['1 s', '89 s', '2 min', '60 min', '3 h 20 min']);
  });
});

describe('a table', () => {
  it('aligns its columns', () => {
    expect(
      stripVTControlCharacters(
        tableText(
          ['ID', 'NAME'],
          [
            ['a-long-id', 'Ann'],
            ['b', ''],
          ],
        ),
      ),
    ).toBe('ID         NAME\na-long-id  Ann\nb');
    expect(stripVTControlCharacters(tableText(['ID'], []))).toBe('none');
  });

  it('keeps a row on its line, and escape sequences out of the terminal', () => {
    expect(stripVTControlCharacters(tableText(['A'], [['x\ny\u001b[31m']]))).toBe('A\nx y[31m');
    expect(plainText('a\u009b1m\nb\tc\u0007')).toBe('a1m\nb\tc');
  });

  it('has a column for each nested field', () => {
    expect(columnsOf([{ traits: { name: 'Ann' } }, { id: 7, traits: { tags: ['a'], none: {} } }])).toEqual({
      headings: ['traits.name', 'id', 'traits.tags', 'traits.none'],
      rows: [
        ['Ann', '', '', ''],
        ['', '7', '["a"]', '{}'],
      ],
    });
  });

  it('cuts long values', () => {
    expect(cell('x'.repeat(100))).toBe(`${'x'.repeat(35)}…`);
    expect([cell(null), cell(undefined), cell(true)]).toEqual(['null', '', 'true']);
  });

  it('gives way to JSON where it would be too wide', () => {
    const wide = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`field${index}`, 'x'.repeat(20)]));
    expect(JSON.parse(recordsText([wide], 80))).toEqual(wide);
  });
});
