import { MillraceError } from '../../errors/index.ts';
import { lookBack, readFrom, type PlanContext } from '../../connector/index.ts';
import { parseTime } from '../../mapping/index.ts';
import type { RestStream, TimeFormat } from './rest-stream.ts';

/** The parameter that asks for changes only: nothing on the first run; of a window its beginning, less the look-back that a state has had already. */
export function sinceParam(
  { since, lookback = 0 }: Pick<RestStream, 'since' | 'lookback'>,
  ctx: Pick<PlanContext, 'state' | 'window'>,
): Record<string, string | number> {
  const from = readFrom(ctx);
  if (!since || from === undefined) return {};
  const cursor = ctx.window ? lookBack(from, lookback) : from;
  const value = since.format === undefined ? cursor : formatted(cursor, since.format);
  return { [since.param]: since.expression === undefined ? value : expressed(since.expression, value) };
}

const place = '{since}';

function expressed(expression: string, value: string | number): string {
  if (expression.includes(place)) return expression.replaceAll(place, () => String(value));
  throw new MillraceError(
    'invalid_config',
    `The expression "${expression}" of \`since\` has no place for the value, so that every read would begin at the same. Put ${place} into it.`,
  );
}

function formatted(cursor: string | number, format: TimeFormat): string | number {
  const time = new Date(milliseconds(cursor));
  if (Number.isNaN(time.getTime())) {
    throw new MillraceError(
      'bad_request',
      `The sync is to go on from "${cursor}", which is no time. Choose a cursor field that is a time, or set where the sync starts.`,
    );
  }
  if (format === 'iso') return time.toISOString();
  return format === 'epoch' ? Math.floor(time.getTime() / 1000) : time.getTime();
}

const latestSeconds = 100_000_000_000; // the year 5138 in seconds, 1973 in milliseconds

/** Milliseconds since 1970 of a cursor that is a time. */
export function timeOf(cursor: unknown): number | undefined {
  if (typeof cursor !== 'string' && typeof cursor !== 'number') return undefined;
  const time = milliseconds(cursor);
  return Number.isNaN(time) ? undefined : time;
}

function milliseconds(cursor: string | number): number {
  const number = Number(cursor);
  if (Number.isNaN(number)) return parseTime(String(cursor));
  return number < latestSeconds ? number * 1000 : number;
}
