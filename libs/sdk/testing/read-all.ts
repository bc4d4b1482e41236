import {
  fieldList,
  MillraceError,
  wholeStream,
  type ConnectorContext,
  type CursorWindow,
  type Json,
  type Page,
  type PlanContext,
  type ReadContext,
  type Slice,
  type Stream,
} from '../index.ts';

export interface ReadOptions {
  /** The stream's name (default: `stream`). */
  name?: string;
  state?: Json;
  /** Default: now. */
  until?: string;
  window?: CursorWindow;
  /** Reads this slice only (default: every slice that the stream plans). */
  slice?: Slice<Json>;
  /** Goes on here; only with a slice, or in a stream that plans none. */
  resume?: Json;
}

/** The context of `plan`, with the stream's own key and cursor in force. */
export function planContext(stream: Stream, ctx: ConnectorContext, options: ReadOptions = {}): PlanContext {
  const { name = 'stream', state, until = new Date().toISOString(), window } = options;
  return { ...ctx, stream: { name, key: fieldList(stream.key), cursor: stream.cursor }, state, until, window };
}

/** The slices that a stream plans: one, unless it says otherwise. */
export async function slicesOf(stream: Stream, ctx: PlanContext): Promise<Slice<Json>[]> {
  if (!stream.plan) return [wholeStream];
  const slices: Slice<Json>[] = [];
  for await (const slice of await stream.plan(ctx)) slices.push(slice);
  return slices;
}

/** Reads a stream to its end, as the engine would: every slice, every page. */
export async function readAll(stream: Stream, ctx: ConnectorContext, options: ReadOptions = {}): Promise<Page[]> {
  const plan = planContext(stream, ctx, options);
  const slices = options.slice ? [options.slice] : await slicesOf(stream, plan);
  const pages: Page[] = [];
  for (const slice of slices) {
    for await (const page of openSlice(stream, { ...plan, slice, resume: options.resume })) pages.push(page);
  }
  return pages;
}

export function openSlice(stream: Stream, ctx: ReadContext): AsyncIterable<Page> {
  if (!stream.read) {
    throw new MillraceError('invalid_connector', `Stream "${ctx.stream.name}" has no read(); subscribe to it instead.`);
  }
  const pages: unknown = stream.read(ctx);
  if (isAsyncIterable(pages)) return pages;
  throw new MillraceError(
    'invalid_connector',
    `read() of the stream "${ctx.stream.name}" gives nothing that yields pages. Write it as \`async *read(ctx)\`, and \`yield\` each page.`,
  );
}

function isAsyncIterable(value: unknown): value is AsyncIterable<Page> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
