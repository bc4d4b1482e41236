import { MillraceError } from '../../errors/index.ts';
import { compilePath } from '../../mapping/index.ts';
import { readCsv, readJsonLines, type TextRows } from '../../rows/index.ts';
import { listReader, type PageRecords, type RecordsReader } from './records-in.ts';
import type { RestStream } from './rest-stream.ts';

/** Makes records of an answer in the format of its stream. Throws `invalid_response` where it is something else. */
export function recordsReader<C>(definition: RestStream<C>): RecordsReader {
  switch (definition.format ?? 'json') {
    case 'json':
      return listReader(definition.records);
    case 'jsonl':
      return (text, page) => onPage(page, linesIn(text as string, page));
    case 'csv':
      return (text, page) => onPage(page, rowsIn(text as string, page, definition));
  }
}

/** Single lines may be broken. If all are, it is something else: a sentence, a page for people. */
function linesIn(text: string, page: number): TextRows {
  const rows = readJsonLines(text);
  if (rows.records.length > 0 || rows.rejects.length === 0) return rows;
  throw new MillraceError(
    'invalid_response',
    `Page ${page}: none of the ${rows.rejects.length} lines is a JSON object. Correct the address of the API, or the format of the stream.`,
  );
}

/** A table without the columns that its stream lives by is something else, or cut by another delimiter. */
function rowsIn<C>(text: string, page: number, { delimiter, key = [], cursor }: RestStream<C>): TextRows {
  const { columns, rows } = readCsv(text, { delimiter });
  const named = Object.fromEntries(columns.map((column) => [column, '']));
  const needed = [...[key].flat(), ...(cursor === undefined ? [] : [cursor])];
  const missing = columns.length > 0 ? needed.find((path) => compilePath(path)(named) === undefined) : undefined;
  if (missing === undefined) return rows;
  throw new MillraceError(
    'invalid_response',
    `Page ${page}: the answer has no column "${missing}". It has ${columns.length} columns. Correct the delimiter, the key and cursor fields, or the address of the API.`,
  );
}

function onPage(page: number, { records, positions, rejects }: TextRows): PageRecords {
  const placed = (position: string): string => `page ${page}, ${position}`;
  return {
    records,
    positions: positions.map(placed),
    rejects: rejects.map((reject) => ({ ...reject, position: placed(reject.position) })),
    count: records.length + rejects.length,
  };
}
