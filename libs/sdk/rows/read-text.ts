import type { Page } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';
import { boundedRaw } from './bounded-raw.ts';
import { columnNames } from './column-names.ts';
import { CsvScanner } from './csv-scanner.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { delimiterOf } from './delimiter-of.ts';
import { LineScanner } from './line-scanner.ts';
import { newlineOf } from './newline-of.ts';
import type { RawRow, RowScanner } from './raw-row.ts';
import { csvRecords, jsonRecords, type Decode, type ToRecord } from './to-record.ts';

/** The rows of a text, as a page has them: what is no record is a reject. */
export type TextRows = Required<Pick<Page, 'records' | 'positions' | 'rejects'>>;

export interface CsvOptions {
  /** One character, or `tab` (default: a comma). */
  delimiter?: string;
  /** Whether an empty value is null (default), or empty text. */
  emptyAsNull?: boolean;
}

export interface Csv {
  /** As the first line names them; none where there is no line. */
  columns: string[];
  rows: TextRows;
}

const start = { offset: 0, line: 1 };

/** Cut as bytes (latin1), whose rows are decoded one by one; text is there already. */
interface Source {
  text: string;
  decode: Decode;
}

/**
 * Reads CSV (RFC 4180; text, or UTF-8) whose first line names the columns; values are text. A row that is broken takes its neighbours from nobody. Throws
 * `malformed_row` where the first line names no columns, or one of them twice, and `invalid_config` for a delimiter that is none.
 */
export function readCsv(data: string | Buffer, { delimiter = ',', emptyAsNull = true }: CsvOptions = {}): Csv {
  const { text, decode } = sourceOf(data);
  const found = rowsOf(new CsvScanner(delimiterOf(delimiter), newlineOf(text), start), text);
  const first = found.next();
  if (first.done) return { columns: [], rows: { records: [], positions: [], rejects: [] } };
  const { line, fields } = first.value;
  if (!fields)
    throw new MillraceError('malformed_row', `Line ${line}: the names of the columns cannot be read as CSV.`);
  const names = fields.map((field) => decode(field) ?? '');
  const columns = columnNames(names, { place: `Line ${line}` });
  return { columns, rows: gathered(found, csvRecords({ columns, decode, emptyAsNull }), decode) };
}

/** Reads text (or UTF-8) with a JSON object a line. */
export function readJsonLines(data: string | Buffer): TextRows {
  const { text, decode } = sourceOf(data);
  return gathered(rowsOf(new LineScanner(newlineOf(text), start), text), jsonRecords(decode), decode);
}

/** A byte order mark is no part of it. */
function sourceOf(data: string | Buffer): Source {
  if (typeof data === 'string') return { text: data.replace(/^\ufeff/, ''), decode: (text) => text };
  const marked = data.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return { text: data.toString('latin1', marked ? 3 : 0), decode: decodeUtf8 };
}

function* rowsOf(scanner: RowScanner, text: string): Generator<RawRow, undefined> {
  scanner.push(text);
  scanner.end();
  for (let row = scanner.next(); row; row = scanner.next()) yield row;
  return undefined;
}

function gathered(found: Iterable<RawRow>, toRecord: ToRecord, decode: Decode): TextRows {
  const rows: TextRows = { records: [], positions: [], rejects: [] };
  for (const row of found) {
    const read = toRecord(row);
    const position = `line ${row.line}`;
    if ('problem' in read) {
      rows.rejects.push({ raw: boundedRaw(decode(row.text) ?? row.text), position, ...read.problem });
    } else {
      rows.records.push(read.record);
      rows.positions.push(position);
    }
  }
  return rows;
}
