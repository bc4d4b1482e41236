import { messageOf, type ErrorCode } from '../errors/index.ts';
import { isObject } from '../is-object.ts';
import type { Row } from '../json.ts';
import { parseJson } from '../parse-json.ts';
import { isAsciiText } from './is-ascii-text.ts';
import type { RawRow, RowFault } from './raw-row.ts';

export interface RowProblem {
  code: ErrorCode;
  message: string;
}

export type ReadRow = { record: Row } | { problem: RowProblem };

/** Makes a record of a row, or says why it is none. */
export type ToRecord = (row: RawRow) => ReadRow;

/** Makes text of bytes that were read as latin1; undefined: they are not of their encoding. */
export type Decode = (bytes: string) => string | undefined;

const faults: Record<RowFault, RowProblem> = {
  too_large: { code: 'row_too_large', message: 'The row is longer than 1 MB. Shorten it.' },
  text_after_quote: {
    code: 'malformed_row',
    message: 'Text follows a closing quote. Write quotes inside a quoted field twice.',
  },
  unclosed_quote: { code: 'malformed_row', message: 'A quote is opened and not closed within 1 MB. Close it.' },
};

const wrongEncoding: ReadRow = {
  problem: {
    code: 'invalid_encoding',
    message: 'The row has bytes that its encoding does not have. Correct the row, or declare the encoding that it has.',
  },
};

export function csvRecords(options: { columns: string[]; decode: Decode; emptyAsNull: boolean }): ToRecord {
  const { columns, decode, emptyAsNull } = options;
  const empty = emptyAsNull ? null : '';
  return ({ text, fields, fault }) => {
    if (fault) return { problem: faults[fault] };
    if (fields?.length !== columns.length) return { problem: wrongWidth(fields?.length ?? 0, columns.length) };
    const ascii = isAsciiText(text);
    const record: Row = {};
    for (let index = 0; index < columns.length; index += 1) {
      const field = fields[index] ?? '';
      const value = ascii || isAsciiText(field) ? field : decode(field);
      if (value === undefined) return wrongEncoding;
      record[columns[index] ?? ''] = value === '' ? empty : value;
    }
    return { record };
  };
}

function wrongWidth(found: number, expected: number): RowProblem {
  return {
    code: 'malformed_row',
    message: `The row has ${found} ${found === 1 ? 'field' : 'fields'}, the header ${expected}. Quote fields that contain the delimiter.`,
  };
}

export function jsonRecords(decode: Decode): ToRecord {
  return ({ text, fault }) => {
    if (fault) return { problem: faults[fault] };
    const line = isAsciiText(text) ? text : decode(text);
    if (line === undefined) return wrongEncoding;
    try {
      return asRecord(parseJson(line));
    } catch (error) {
      return { problem: { code: 'malformed_row', message: `The line is not JSON: ${messageOf(error)}. Correct it.` } };
    }
  };
}

export function asRecord(value: unknown): ReadRow {
  if (isObject(value)) return { record: value };
  return { problem: { code: 'malformed_row', message: 'The value is not an object. Write each record as { … }.' } };
}
