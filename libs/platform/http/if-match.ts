import { MillraceError } from '@millrace/sdk';

/** The revision that an `If-Match` header names (RFC 9110, 13.1.1): `"3"`; undefined where any will do. */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, revision] = /^\s*"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  if (revision !== undefined) return Number(revision);
  throw new MillraceError('bad_request', 'If-Match must be a revision in quotation marks, such as "3".');
}

/** How something is made what is given. */
export interface Putting {
  /** Nothing is stored. */
  rehearse?: boolean;
  /** The revision that the change was made from; undefined: from any. */
  madeFrom?: number;
}

/** How a route that changes something describes the header. */
export const ifMatchHeader = {
  name: 'If-Match',
  required: false,
  description: 'The revision that the change was made from: another one by now is a `conflict`.',
  example: '"3"',
};

/**
 * Refuses a change that was made from another revision than the present one.
 *
 * @param present what counts all that can be edited; an edition where the revision counts less
 * @param madeFrom undefined: from any
 */
export function refuseStale(
  what: string,
  present: { revision: number } | { edition: number },
  madeFrom: number | undefined,
): void {
  const [count, now] = 'edition' in present ? ['edition', present.edition] : ['revision', present.revision];
  if (madeFrom === undefined || madeFrom === now) return;
  const advice = `Somebody else changed this ${what} meanwhile: read it again, then change it.`;
  throw new MillraceError('conflict', `${advice} It is at ${count} ${now} now.`, { details: { [count]: now } });
}
