import { MillraceError, type ConnectorContext, type Page } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { byteSource } from './byte-source.ts';
import { fileChanged, openDecoded, type DecodedFile } from './decoded-file.ts';
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
  const file = await openDecoded(byteSource(ctx, path), ctx.config);
  try {
    const { resume } = reading;
    if (resume && resume.version !== file.version) throw fileChanged(file.name);
    for await (const page of pagesOf(file, ctx.config, reading)) {
      await file.refuseChange(); // a file that was cut off meanwhile ends with a row that is not whole
      yield page;
    }
    await file.refuseChange();
  } finally {
    file.close();
  }
}

function pagesOf(file: DecodedFile, config: FileConfig, reading: Reading): AsyncGenerator<Page> {
  const format = formatOf(file, config);
  if (format === 'json') return readDocument(file, config, reading);
  return readRows(file, format === 'csv' ? csvLayout(file, config) : linesLayout(file), reading);
}

async function* readRows(file: DecodedFile, layout: Layout, reading: Reading): AsyncGenerator<Page> {
  const { resume } = reading;
  let next = resume ? { offset: resume.offset, line: resume.line } : layout.body;
  const scanner = layout.scanner(next);
  const page = new PageBuilder(reading);
  let unclosed = 0;
  const place = `${file.name}:`;
  const take = () => page.take({ file: file.name, ...next, version: file.version });
  function* rows(): Generator<Page> {
    for (let row = scanner.next(); row; row = scanner.next()) {
      if (row.fault === 'unclosed_quote' && (unclosed += 1) > unclosedQuotes) throw tooManyQuotes(file.name);
      const read = layout.toRecord(row);
      const raw = 'problem' in read ? (file.decode(row.text) ?? row.text) : undefined;
      page.add(read, place + row.line, row.end - row.start, raw);
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

function tooManyQuotes(file: string): MillraceError {
  return new MillraceError(
    'malformed_row',
    `${file}: more than ${unclosedQuotes} rows open a quote that is never closed, so this is not CSV with quotes. Correct the file's quotes.`,
  );
}
