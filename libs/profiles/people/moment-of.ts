import { MillraceError } from '@millrace/sdk';

/** Throws `bad_request`: not every ISO 8601 text is a moment (weeks and days of a year are not). */
export function momentOf(asOf: string): Date {
  const moment = new Date(asOf);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new MillraceError('bad_request', '`asOf` is not a moment. Write it as 2025-03-01T09:00:00Z.');
}
