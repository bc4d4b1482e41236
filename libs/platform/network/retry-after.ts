/** Milliseconds. Nobody is waited for longer, whatever a broken server says. */
const longest = 24 * 3_600_000;

/** `Retry-After` (RFC 9110: seconds or a date) in milliseconds from now, a day at most; undefined when absent or unreadable. */
export function retryAfterMs(header: unknown, now: number = Date.now()): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(longest, Math.ceil(Number(text) * 1000));
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(longest, Math.max(0, at - now));
}
