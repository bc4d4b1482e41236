import type { ConnectorContext, JsonSchema, Row, RowProblem } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { byteSource } from './byte-source.ts';
import { openDecoded, type DecodedFile } from './decoded-file.ts';
import { formatOf } from './format.ts';
import { readDocument } from './json-document.ts';
import { csvLayout, linesLayout, type Layout } from './layout.ts';

/** What the beginning of a file tells. */
export interface Sample {
  schema: JsonSchema;
  /** Of CSV. */
  columns?: string[];
  /** Of a file whose rows follow each other uncompressed. */
  sizes?: RowSizes;
  records: Row[];
  /** Why the first row is no record, if it is none. */
  problem?: RowProblem;
}

export interface RowSizes {
  /** Bytes before the first row: a header, a byte order mark. */
  before: number;
  perRow: number;
}

const sampleRows = 100;

export async function sampleOf(ctx: ConnectorContext<FileConfig>, path: string): Promise<Sample> {
  const source = byteSource(ctx, path);
  const file = await openDecoded(source, ctx.config);
  try {
    const format = formatOf(file, ctx.config);
    if (format === 'json') return await documentSample(file, ctx.config);
    return rowsSample(file, format === 'csv' ? csvLayout(file, ctx.config) : linesLayout(file));
  } finally {
    file.close();
  }
}

function rowsSample(file: DecodedFile, layout: Layout): Sample {
  const scanner = layout.scanner(layout.body);
  scanner.push(file.head.toString('latin1', layout.body.offset));
  if (file.complete) scanner.end();
  const records: Row[] = [];
  let problem: RowProblem | undefined;
  let rows = 0;
  let end = layout.body.offset;
  for (let row = scanner.next(); row; row = scanner.next()) {
    rows += 1;
    end = row.end;
    if (rows > sampleRows) continue; // counted only
    const read = layout.toRecord(row);
    if ('record' in read) records.push(read.record);
    else if (rows === 1) problem = read.problem;
  }
  const before = layout.body.offset;
  if (file.complete) end = file.head.length; // blank lines at its end, too
  return {
    schema: layout.columns ? schemaOf(layout.columns, { type: ['string', 'null'] }) : schemaOf(namesIn(records), {}),
    columns: layout.columns,
    ...(file.seekable && rows > 0 && { sizes: { before, perRow: (end - before) / rows } }),
    records,
    problem,
  };
}

async function documentSample(file: DecodedFile, config: FileConfig): Promise<Sample> {
  for await (const { records } of readDocument(file, config)) {
    return { schema: schemaOf(namesIn(records), {}), records };
  }
  return { schema: schemaOf([], {}), records: [] };
}

/** Names the fields for whoever maps them; rows with other fields pass too. */
function schemaOf(names: string[], each: JsonSchema): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, each])) };
}

function namesIn(records: Row[]): string[] {
  return [...new Set(records.slice(0, sampleRows).flatMap((record) => Object.keys(record)))];
}
