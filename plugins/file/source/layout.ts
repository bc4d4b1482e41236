import {
  columnNames,
  csvRecords,
  CsvScanner,
  delimiterOf,
  isAsciiText,
  jsonRecords,
  LineScanner,
  MillraceError,
  newlineOf,
  type RowScanner,
  type ScanStart,
  type ToRecord,
} from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import type { DecodedFile } from './decoded-file.ts';
import { detectDelimiter, firstRows } from './delimiter.ts';

const orNoHeader = ', or set "header" to false if the first row is data';

/** How the rows of one file are cut and read. */
export interface Layout {
  /** Of CSV. */
  columns?: string[];
  /** Where the first row of data stands. */
  body: ScanStart;
  scanner(start: ScanStart): RowScanner;
  toRecord: ToRecord;
}

export function linesLayout(file: DecodedFile): Layout {
  return {
    body: { offset: file.encoding.markBytes, line: 1 },
    scanner: (start) => new LineScanner(newlineOf(file.head), start),
    toRecord: jsonRecords(file.decode),
  };
}

/** Reads the header; throws `malformed_row` when it names no columns or one twice. */
export function csvLayout(file: DecodedFile, config: FileConfig): Layout {
  const { markBytes } = file.encoding;
  const head = file.head.toString('latin1', markBytes);
  const newline = newlineOf(file.head);
  const delimiter =
    config.delimiter === 'auto' ? detectDelimiter(head, file.complete, newline) : delimiterOf(config.delimiter);
  const [first] = firstRows(head, file.complete, delimiter, newline);
  const body = config.header && first ? { offset: markBytes + first.end, line: first.nextLine } : undefined;
  const fields = first?.fields?.map((field) => (isAsciiText(field) ? field : (file.decode(field) ?? '')));
  if (!fields && head.trim() !== '') throw unreadableHeader(file.name);
  const columns = config.header
    ? columnNames(fields ?? [], { place: `${file.name}:1`, advice: orNoHeader })
    : (fields ?? []).map((_, index) => `column${index + 1}`);
  return {
    columns,
    body: body ?? { offset: markBytes, line: 1 },
    scanner: (start) => new CsvScanner(delimiter, newline, start),
    toRecord: csvRecords({ columns, decode: file.decode, emptyAsNull: config.emptyAsNull }),
  };
}

function unreadableHeader(file: string): MillraceError {
  return new MillraceError(
    'malformed_row',
    `${file}:1: the first row cannot be read as CSV: it is too long or a quote in it is not closed. Check format and delimiter.`,
  );
}
