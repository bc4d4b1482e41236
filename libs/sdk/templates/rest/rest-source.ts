import { stream, type Source, type Stream } from '../../connector/index.ts';
import { readRest } from './read-rest.ts';
import type { RestStream } from './rest-stream.ts';

export interface RestSource<C> {
  streams: Record<string, RestStream<C>>;
}

/**
 * A source over a REST API by declaration: pages, resuming, incremental reading and clear errors come with it. Give a function where the
 * streams depend on the configuration. Throws `invalid_response` for what is not JSON, lacks the list, or pages without end.
 */
export function restSource<C>(definition: RestSource<C> | ((config: C) => RestSource<C>)): Source<C> {
  if (typeof definition !== 'function') return { streams: streamsIn(definition) };
  return { streams: async ({ config }) => streamsIn(definition(config)) };
}

function streamsIn<C>({ streams }: RestSource<C>): Record<string, Stream<C>> {
  return Object.fromEntries(Object.entries(streams).map(([name, definition]) => [name, restStream(definition)]));
}

function restStream<C>(definition: RestStream<C>): Stream<C> {
  const { title, description, key, cursor, lookback, schema, outputs } = definition;
  return stream<C>({
    ...{ title, description, key, cursor, lookback, schema, outputs },
    read: (ctx) => readRest(definition, ctx),
  });
}
