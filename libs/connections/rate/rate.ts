import { MillraceError, type HttpSettings } from '@millrace/sdk';

/** How requests are spaced so that no window holds more than its number. */
export interface Spacing {
  /** Microseconds between requests in the long run. */
  interval: number;
  /** How many may come at once after a pause. */
  burst: number;
}

const windows = { s: 1_000_000, min: 60_000_000, h: 3_600_000_000 };

/**
 * Spacing for `10/s`, `600/min`: a tenth may come at once, and the interval is stretched accordingly, so that in any window of that
 * length there are at most so many requests, not a burst more. Throws `invalid_connector`.
 */
export function spacingOf(rate: NonNullable<HttpSettings['rate']>): Spacing {
  const [, count, unit] = /^(\d{1,9})\/(s|min|h)$/.exec(rate) ?? [];
  const most = Number(count);
  if (unit === undefined || !(most >= 1)) {
    throw new MillraceError(
      'invalid_connector',
      `The rate "${rate}" is not like 10/s, 600/min or 1000/h. Correct \`http\`.`,
    );
  }
  const burst = 1 + Math.floor(most / 10);
  return { burst, interval: Math.ceil(windows[unit as keyof typeof windows] / (most - burst + 1)) };
}
