import { MillraceError, type RestStream } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';
import { pagingOf } from './paging-config.ts';
import type { SinceConfig, StreamConfig } from './stream-config.ts';

/** The configured streams by name. Throws `invalid_config` where two have one name. */
export function restStreams({ streams }: HttpJsonConfig): Record<string, RestStream<HttpJsonConfig>> {
  const names = streams.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    throw new MillraceError('invalid_config', `Two streams are called "${double}". Give each a name of its own.`);
  }
  return Object.fromEntries(streams.map((stream) => [stream.name, restStream(stream)]));
}

function restStream({ name, paging, since, ...stream }: StreamConfig): RestStream<HttpJsonConfig> {
  if (since && stream.cursor === undefined) {
    throw new MillraceError(
      'invalid_config',
      `Stream "${name}" has \`since\`, but no cursor field to take the value from. Set its cursor.`,
    );
  }
  return { ...stream, since, lookback: since && lookbackOf(since), paging: paging && pagingOf(paging) };
}

/** A value that is sent as the API wrote it stays so, unless somebody says otherwise. */
function lookbackOf({ lookback, format }: SinceConfig): number {
  return lookback ?? (format === undefined ? 0 : 1);
}
