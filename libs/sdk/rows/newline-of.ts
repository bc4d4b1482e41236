import type { Newline } from './raw-row.ts';

/** How the rows of a text end (of a file, as its beginning shows): old Macs have carriage returns only. */
export function newlineOf(text: string | Buffer): Newline {
  return !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
}
