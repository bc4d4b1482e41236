import type { HttpClient } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { compilePath } from '../../mapping/index.ts';
import { readCsv, readJsonLines, type TextRows } from '../../rows/index.ts';
import { excerpt } from './excerpt.ts';
import { listReader, type PageRecords, type RecordsReader } from './records-in.ts';
import type { RestStream } from './rest-stream.ts';

/** Bytes are UTF-8. */
type Text = string | Buffer;

/** Makes records of an answer in the format of its stream. Throws `invalid_response` where it is something else. */
export function recordsReader<C>(definition: RestStream<C>): RecordsReader {
  switch (definition.format ?? 'json') {
    case 'json':
      return listReader(definition.records);
    case 'jsonl':
      return (data, page, http) => onPage(page, linesIn(data as Text, page, http));
    case 'csv':
      return (data, page) => onPage(page, rowsIn(data as Text, page, definition));
  }
}

/** Single lines may be broken. If all are, it is something else: a sentence, a page for people. */
function linesIn(data: Text, page: number, http: HttpClient): TextRows {
  const rows = readJsonLines(data);
  const [first] = rows.rejects;
  if (rows.records.length > 0 || !first) return rows;
  throw new MillraceError(
    'invalid_response',
    `Page ${page}: none of the ${rows.rejects.length} lines is a JSON object: ${excerpt(String(first.raw), http)}. Correct the address of the API, or the format of the stream.`,
  );
}

/** A table without the columns that its stream lives by is something else, or cut by another delimiter. */
function rowsIn<C>(data: Text, page: number, { delimiter, key = [], cursor, adds }: RestStream<C>): TextRows {
  const { columns, rows } = readCsv(data, { delimiter });
  const named = Object.fromEntries([...columns, ...Object.keys(adds ?? {})].map((name) => [name, '']));
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
