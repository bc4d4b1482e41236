import { stream, type Source, type Stream } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { delimiterOf } from '../../rows/index.ts';
import { bodyWith } from './body-with.ts';
import { readEach, type ReadPages } from './read-each.ts';
import { readRest } from './read-rest.ts';
import type { RestStream } from './rest-stream.ts';

export interface RestSource<C> {
  streams: Record<string, RestStream<C>>;
}

/**
 * A source over a REST API by declaration: pages, resuming, incremental reading and clear errors come with it. Give a function where the
 * streams depend on the configuration. Throws `invalid_response` for what is not in the stream's format, lacks the list, or pages without end.
 */
export function restSource<C>(definition: RestSource<C> | ((config: C) => RestSource<C>)): Source<C> {
  if (typeof definition !== 'function') return { streams: streamsIn(definition) };
  return { streams: async ({ config }) => streamsIn(definition(config)) };
}

function streamsIn<C>({ streams }: RestSource<C>): Record<string, Stream<C>> {
  return Object.fromEntries(
    Object.entries(streams).map(([name, definition]) => {
      const { title, description, key, cursor, lookback, schema, outputs } = definition;
      const settings = { title, description, key, cursor, lookback, schema, outputs };
      return [name, stream<C>({ ...settings, read: reading(name, streams) })];
    }),
  );
}

/** Throws `invalid_config` where `each` names no other stream, or goes round in a circle, and for paths into what is no JSON, or that the body lacks. */
function reading<C>(name: string, streams: Record<string, RestStream<C>>, above: string[] = []): ReadPages<C> {
  const definition = Object.hasOwn(streams, name) ? streams[name] : undefined;
  if (!definition || above.includes(name)) throw strayEach(name, above.at(-1) ?? name, streams);
  refuseWhatItsFormatLacks(name, definition);
  refuseWhatItsBodyLacks(definition);
  const { each } = definition;
  if (each === undefined) return (ctx) => readRest(definition, ctx);
  return readEach(definition, reading(each, streams, [...above, name]));
}

/** Before a second page or a later run is the first to need it. */
function refuseWhatItsBodyLacks<C>({ method, body, since, paging }: RestStream<C>): void {
  if (method !== 'POST') return;
  const params = [since?.param, paging?.kind === 'cursor' ? paging.param : undefined];
  bodyWith(body, Object.fromEntries(params.flatMap((param) => (param === undefined ? [] : [[param, '']]))));
}

/** Only in JSON a path leads somewhere, and only CSV has a delimiter. */
function refuseWhatItsFormatLacks<C>(
  name: string,
  { format = 'json', records, paging, delimiter }: RestStream<C>,
): void {
  const reads =
    records !== undefined || paging?.kind === 'cursor' || (paging?.kind === 'link' && paging.next !== undefined);
  if (format !== 'json' && reads)
    throw new MillraceError(
      'invalid_config',
      `"${name}" is read as ${format}, which has no paths: leave out the path of the records, and page by number, offset or Link header.`,
    );
  if (delimiter === undefined) return;
  delimiterOf(delimiter);
  if (format !== 'csv')
    throw new MillraceError('invalid_config', `"${name}" is read as ${format}, which has no delimiter: leave it out.`);
}

function strayEach(name: string, by: string, streams: Record<string, unknown>): MillraceError {
  const known = Object.keys(streams).join(', ');
  return new MillraceError(
    'invalid_config',
    Object.hasOwn(streams, name)
      ? `\`each\` of "${by}" leads back to itself. Name a stream that does not depend on it.`
      : `\`each\` of "${by}" names "${name}", and there is no such stream. There are: ${known}.`,
  );
}
