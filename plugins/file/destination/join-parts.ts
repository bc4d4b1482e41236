import { text } from 'node:stream/consumers';
import { MillraceError, type PushContext, type Row } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { columnsOf, csvHeader, csvLine } from './csv-text.ts';
import { exportOf, type ExportPaths } from './export-paths.ts';
import { writeWhole } from './write-whole.ts';

/** Makes the parts of a run its file. May be called again after a crash: a complete file is never replaced by what is left of its parts. */
export async function joinParts(ctx: PushContext<FileConfig>): Promise<void> {
  const paths = exportOf(ctx.config, ctx.run);
  const parts = await found(ctx, paths.partPattern);
  if (!(await exists(ctx, paths.donePath))) {
    const begun = await textIn(ctx, paths.chosenPath);
    const output = begun ?? paths.outputAt(new Date());
    if (begun !== undefined || parts.length > 0 || !(await exists(ctx, output))) {
      await writeWhole(ctx, paths.chosenPath, [output]);
      await writeWhole(ctx, output, await linesOf(ctx, paths, parts));
      await ctx.files.rename(paths.chosenPath, paths.donePath);
    }
  }
  for (const part of parts) await ctx.files.remove(part);
  if (await exists(ctx, paths.donePath)) await ctx.files.remove(paths.donePath);
}

async function linesOf(
  ctx: PushContext<FileConfig>,
  { format }: ExportPaths,
  parts: string[],
): Promise<AsyncGenerator<string>> {
  if (format === 'jsonl') return jsonLines(ctx, parts);
  return csvLines(ctx, parts, ctx.config.columns ?? (await allColumns(ctx, parts)));
}

async function* jsonLines(ctx: PushContext<FileConfig>, parts: string[]): AsyncGenerator<string> {
  for (const part of parts) {
    for (const record of await recordsIn(ctx, part)) yield `${JSON.stringify(record)}\n`;
  }
}

async function* csvLines(ctx: PushContext<FileConfig>, parts: string[], columns: string[]): AsyncGenerator<string> {
  const options = { columns, guardFormulas: ctx.config.guardFormulas };
  if (columns.length > 0) yield csvHeader(options);
  for (const part of parts) {
    const records = await recordsIn(ctx, part);
    yield records.map((record) => csvLine(record, options)).join('');
  }
}

async function allColumns(ctx: PushContext<FileConfig>, parts: string[]): Promise<string[]> {
  const columns = new Set<string>();
  for (const part of parts) {
    for (const record of await recordsIn(ctx, part)) for (const column of columnsOf(record)) columns.add(column);
  }
  return [...columns];
}

/** A part is one batch: small enough to be held. */
async function recordsIn({ files, signal }: PushContext<FileConfig>, part: string): Promise<Row[]> {
  return JSON.parse(await text(await files.open(part, { signal }))) as Row[];
}

async function found({ files }: PushContext<FileConfig>, pattern: string): Promise<string[]> {
  return (await orNothing(files.list(pattern))) ?? [];
}

async function textIn({ files, signal }: PushContext<FileConfig>, path: string): Promise<string | undefined> {
  const opened = await orNothing(files.open(path, { signal }));
  return opened && text(opened);
}

async function exists({ files }: PushContext<FileConfig>, path: string): Promise<boolean> {
  return (await orNothing(files.size(path))) !== undefined;
}

async function orNothing<T>(looked: Promise<T>): Promise<T | undefined> {
  try {
    return await looked;
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'file_not_found') return undefined;
    throw error;
  }
}
