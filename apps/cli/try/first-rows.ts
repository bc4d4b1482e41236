import {
  fieldList,
  MillraceError,
  pageFault,
  wholeStream,
  type ConnectorContext,
  type Page,
  type PageReject,
  type Row,
  type Stream,
} from '@millrace/sdk';

export interface FirstRows {
  records: Row[];
  rejects: PageReject[];
}

/** The first rows of a stream, read no further than needed. */
export async function firstRows(
  name: string,
  stream: Stream,
  { ctx, limit, milliseconds }: { ctx: ConnectorContext; limit: number; milliseconds: number },
): Promise<FirstRows> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), milliseconds);
  const found: FirstRows = { records: [], rejects: [] };
  try {
    for await (const page of pagesOf(name, stream, { ...ctx, signal: stop.signal })) {
      const why = pageFault(page);
      if (why) throw new MillraceError('invalid_connector', `Stream "${name}" yields something that ${why}.`);
      const { records, rejects = [] } = page;
      found.records.push(...records.slice(0, limit - found.records.length));
      found.rejects.push(...rejects.slice(0, limit - found.rejects.length));
      if (found.records.length >= limit) break;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error; // out of time: what has come is shown
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  return found;
}

async function* pagesOf(name: string, stream: Stream, ctx: ConnectorContext): AsyncGenerator<Page> {
  const settings = { name, key: fieldList(stream.key), cursor: stream.cursor };
  const plan = { ...ctx, stream: settings, until: new Date().toISOString() };
  if (!stream.read) {
    const consumer = { group: 'try', index: 0, of: 1 };
    const nothingRead = { lanes: {}, assign: async () => undefined, places: async () => ({}) };
    yield* stream.subscribe?.({ ...ctx, ...nothingRead, stream: settings, consumer }) ?? [];
    return;
  }
  for await (const slice of (await stream.plan?.(plan)) ?? [wholeStream]) yield* stream.read({ ...plan, slice });
}
