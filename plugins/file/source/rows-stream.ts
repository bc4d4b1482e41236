import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { MillraceError, stream, type ConnectorContext, type PlanContext, type Slice, type Stream } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { isUrl } from './byte-source.ts';
import { changedSince } from './changed-since.ts';
import { readFile } from './read-file.ts';
import type { FileResume } from './reading.ts';
import { sampleOf, type RowSizes, type Sample } from './sample.ts';

type FileSlice = { path: string };

/** The one stream of a file connection; its columns are those of the first file. */
export async function rowsStream(ctx: ConnectorContext<FileConfig>): Promise<Stream<FileConfig>> {
  const [first] = await pathsOf(ctx);
  const sample = await sampleOf(ctx, first);
  const { key, cursor } = ctx.config;
  requireColumns(sample, [...(key ?? []), ...(cursor ? [cursor] : [])], basename(first));
  return stream<FileConfig>({
    title: 'Rows',
    key,
    cursor,
    schema: sample.schema,
    plan: (plan) => planFiles(plan, sample),
    read: ({ slice, resume, stream: { cursor }, state, ...rest }) =>
      readFile(rest, (slice.spec as FileSlice).path, {
        resume: resume as FileResume | undefined,
        wanted: changedSince(cursor, state),
        signal: rest.signal,
      }),
    async count(plan) {
      const slices = await planFiles(plan, sample);
      const weights = slices.map((slice) => slice.weight);
      return weights.every((weight) => weight !== undefined)
        ? weights.reduce((sum, weight) => sum + weight, 0)
        : undefined;
    },
  });
}

/** A slice a file, so that several workers can read them at once. */
async function planFiles(ctx: PlanContext<FileConfig>, { sizes }: Sample): Promise<Slice<FileSlice>[]> {
  const slices: Slice<FileSlice>[] = [];
  for (const path of await pathsOf(ctx)) {
    const weight = isUrl(path) || !sizes ? undefined : rowsIn((await ctx.files.size(path)).bytes, sizes);
    slices.push({ id: sliceId(path), spec: { path }, ...(weight !== undefined && { weight }) });
  }
  return slices;
}

/** About how many rows a file has that is like the first one. */
function rowsIn(bytes: number, { before, perRow }: RowSizes): number {
  return Math.max(0, Math.round((bytes - before) / perRow));
}

function sliceId(path: string): string {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return `${basename(path)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(0, 60)}-${hash}`;
}

export async function pathsOf({ config, files }: ConnectorContext<FileConfig>): Promise<[string, ...string[]]> {
  const { path } = config;
  if (path === undefined) {
    throw new MillraceError(
      'invalid_config',
      'This connection only writes: "path" is not set. Set it to the file to read.',
    );
  }
  if (isUrl(path)) return [path];
  const [first, ...others] = await files.list(path);
  if (first === undefined) {
    throw new MillraceError(
      'file_not_found',
      `No file matches ${path}. Check the path; it starts in an allowed folder.`,
    );
  }
  return [first, ...others];
}

function requireColumns({ columns }: Sample, names: string[], file: string): void {
  const missing = names.find((name) => columns && !columns.includes(name));
  if (missing === undefined) return;
  if (columns?.length === 0) {
    throw new MillraceError(
      'invalid_response',
      `${file} is empty: not even a header is there. Provide the file again.`,
    );
  }
  throw new MillraceError(
    'invalid_config',
    `The file has no column "${missing}". Its columns are: ${columns?.join(', ') ?? ''}. Correct key and cursor.`,
  );
}
