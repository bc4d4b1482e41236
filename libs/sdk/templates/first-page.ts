import { fieldList, wholeStream, type ConnectorContext, type Page, type Source } from '../connector/index.ts';

/**
 * The first page of a source's first stream; undefined: it is empty, or there is no stream. A `check` for systems that have nothing
 * simpler to ask.
 */
export async function firstPage<C>({ streams }: Source<C>, ctx: ConnectorContext<C>): Promise<Page | undefined> {
  const [first] = Object.entries(typeof streams === 'function' ? await streams(ctx) : streams);
  if (!first) return undefined;
  const [name, stream] = first;
  const settings = { name, key: fieldList(stream.key), cursor: stream.cursor };
  const pages = stream.read?.({ ...ctx, stream: settings, until: new Date().toISOString(), slice: wholeStream }) ?? [];
  for await (const page of pages) return page;
  return undefined;
}
