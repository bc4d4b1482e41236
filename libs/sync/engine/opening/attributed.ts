import { MillraceError, pageFault, type DestinationObject, type Slice, type Stream } from '@millrace/sdk';
import type { OpenConnection } from '#connections';
import { ConnectionError } from '../connection-error.ts';

type Side = Pick<OpenConnection, 'id' | 'shownError'>;

/** The stream, with errors that say which connection they came from: one dead database is told from many failing syncs. */
export function attributedStream(stream: Stream, side: Side): Stream {
  const [plan, read] = [stream.plan?.bind(stream), stream.read?.bind(stream)];
  const [subscribe, count] = [stream.subscribe?.bind(stream), stream.count?.bind(stream)];
  const [commit, revoke] = [stream.commit?.bind(stream), stream.revoke?.bind(stream)];
  const lag = stream.lag?.bind(stream);
  return {
    ...stream,
    ...(plan && {
      plan: (ctx) => attributedItems<Slice>(side, `plan() of stream "${ctx.stream.name}"`, () => plan(ctx), sliceFault),
    }),
    ...(read && { read: (ctx) => attributedItems(side, `Stream "${ctx.stream.name}"`, () => read(ctx), pageFault) }),
    ...(subscribe && {
      subscribe: (ctx) => attributedItems(side, `Stream "${ctx.stream.name}"`, () => subscribe(ctx), pageFault),
    }),
    ...(commit && { commit: (ctx, lane, resume) => attributed(side, () => commit(ctx, lane, resume)) }),
    ...(revoke && { revoke: (ctx, lane) => attributed(side, () => revoke(ctx, lane)) }),
    ...(lag && { lag: (ctx) => attributed(side, () => lag(ctx)) }),
    ...(count && { count: (ctx) => attributed(side, () => count(ctx)) }),
  };
}

/** The object, likewise. */
export function attributedObject(object: DestinationObject, side: Side): DestinationObject {
  const [poll, finish] = [object.poll?.bind(object), object.finish?.bind(object)];
  const peek = object.peek?.bind(object);
  return {
    ...object,
    push: (ctx, rows) => attributed(side, () => object.push(ctx, rows)),
    ...(poll && { poll: (ctx, tokens) => attributed(side, () => poll(ctx, tokens)) }),
    ...(peek && { peek: (ctx, rows) => attributed(side, () => peek(ctx, rows)) }),
    ...(finish && { finish: (ctx) => attributed(side, () => finish(ctx)) }),
  };
}

export async function attributed<T>(side: Side, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ConnectionError(side.shownError(error), side.id);
  }
}

/** `faultOf` tells what is wrong with an item: a connector may be plain JavaScript, and types promise nothing there. */
async function* attributedItems<T>(
  side: Side,
  what: string,
  start: () => AsyncIterable<T> | Promise<Iterable<T>>,
  faultOf: (item: unknown) => string | undefined,
): AsyncGenerator<T, void, void> {
  try {
    const items: unknown = await start();
    if (!isIterable<T>(items)) throw invalid(`${what} gave nothing to iterate over. Make it an async generator.`);
    for await (const item of items) {
      const fault = faultOf(item);
      if (fault) throw invalid(`${what} gave something that ${fault}. The connector has to be corrected.`);
      yield item;
    }
  } catch (error) {
    throw new ConnectionError(side.shownError(error), side.id);
  }
}

function isIterable<T>(value: unknown): value is AsyncIterable<T> | Iterable<T> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function sliceFault(slice: unknown): string | undefined {
  const { id } = (slice ?? {}) as Partial<Slice>;
  return typeof id === 'string' && id !== '' ? undefined : 'is no slice such as { id, spec }';
}

function invalid(message: string): MillraceError {
  return new MillraceError('invalid_connector', message);
}

/** A connection that cannot even be opened. */
export async function opened<T>(connection: string, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    throw error instanceof MillraceError ? new ConnectionError(error, connection) : error;
  }
}
