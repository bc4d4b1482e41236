import { MillraceError, type ConnectorContext, type Page } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { byteSource, type ByteSource } from './byte-source.ts';
import { openDecoded, type DecodedFile } from './decoded-file.ts';
import { formatOf } from './format.ts';
import { readDocument } from './json-document.ts';
import { csvLayout, linesLayout, type Layout } from './layout.ts';
import { unclosedQuotes } from './limits.ts';
import { PageBuilder } from './page-builder.ts';
import type { Reading } from './reading.ts';

/** Reads one file in pages; every page can be gone on from. */
export async function* readFile(
  ctx: ConnectorContext<FileConfig>,
  path: string,
  reading: Reading = {},
): AsyncGenerator<Page> {
  const source = byteSource(ctx, path);
  const file = await openDecoded(source, ctx.config);
  try {
    const { resume } = reading;
    if (resume && resume.version !== file.version) throw changed(file.name);
    const format = formatOf(file, ctx.config);
    if (format === 'json') yield* readDocument(file, ctx.config, reading);
    else {
      const layout = format === 'csv' ? csvLayout(file, ctx.config) : linesLayout(file);
      yield* readRows(file, layout, reading);
    }
    await refuseChange(source, file);
  } finally {
    file.close();
  }
}

async function* readRows(file: DecodedFile, layout: Layout, reading: Reading): AsyncGenerator<Page> {
  const { resume } = reading;
  let next = resume ? { offset: resume.offset, line: resume.line } : layout.body;
  const scanner = layout.scanner(next);
  const page = new PageBuilder(reading);
  let unclosed = 0;
  const take = () => page.take({ file: file.name, ...next, version: file.version });
  function* rows(): Generator<Page> {
    for (let row = scanner.next(); row; row = scanner.next()) {
      if (row.fault === 'unclosed_quote' && (unclosed += 1) > unclosedQuotes) throw tooManyQuotes(file.name);
      const read = layout.toRecord(row);
      const raw = 'problem' in read ? (file.decode(row.text) ?? row.text) : undefined;
      page.add(read, `${file.name}:${row.line}`, row.end - row.start, raw);
      next = { offset: row.end, line: row.nextLine };
      if (page.full) yield take();
    }
  }
  for await (const chunk of await file.from(next.offset)) {
    scanner.push(chunk.toString('latin1'));
    yield* rows();
  }
  scanner.end();
  yield* rows();
  if (!page.empty) yield take();
}

async function refuseChange(source: ByteSource, file: DecodedFile): Promise<void> {
  if ((await source.version()) !== file.version) throw changed(file.name);
}

function changed(file: string): MillraceError {
  return new MillraceError(
    'file_changed',
    `${file} was changed while this run was reading it. Start a new run; write files under another name and rename them when they are finished.`,
  );
}

function tooManyQuotes(file: string): MillraceError {
  return new MillraceError(
    'malformed_row',
    `${file}: more than ${unclosedQuotes} rows open a quote that is never closed, so this is not CSV with quotes. Correct the file's quotes.`,
  );
}
