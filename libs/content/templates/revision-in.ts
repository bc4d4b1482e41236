import { MillraceError } from '@millrace/sdk';

/** The revision that an `If-Match` header names (RFC 9110, 13.1.1): `"3"`; undefined where any will do. */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, revision] = /^\s*"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  if (revision !== undefined) return Number(revision);
  throw new MillraceError('bad_request', 'If-Match must be a revision in quotation marks, such as "3".');
}
