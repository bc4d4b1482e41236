import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Request } from 'express';

/** How something is made what is given. */
export interface Putting {
  /** Nothing is stored. */
  rehearse?: boolean;
  /** The revision that the change was made from; 0: it was not there; undefined: from any. */
  madeFrom?: number;
}

/** What a change was made from, by the headers of its request: see `Putting`. */
export const MadeFrom = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const request = context.switchToHttp().getRequest<Request>();
  return madeFromIn(request.header('if-match'), request.header('if-none-match'));
});

/** For routes that take `MadeFrom`: says so in the API's description. */
export function Fenced(counted: 'revision' | 'edition' = 'revision'): MethodDecorator {
  const description = `The \`${counted}\` that the change was made from: another one by now is a \`conflict\`.`;
  const ifNoneMatch = {
    name: 'If-None-Match',
    required: false,
    description: '`*`: only if it is not there yet; else it is a `conflict`.',
    example: '*',
  };
  return applyDecorators(ApiHeader({ ...ifMatchHeader, description }), ApiHeader(ifNoneMatch));
}

/** How a route that changes something describes the header. */
export const ifMatchHeader = {
  name: 'If-Match',
  required: false,
  description: 'The revision that the change was made from: another one by now is a `conflict`.',
  example: '"3"',
};

/** RFC 9110, 13.1: `If-Match: "3"` is 3, `If-None-Match: *` is 0. */
export function madeFromIn(ifMatch: string | undefined, ifNoneMatch: string | undefined): number | undefined {
  if (ifNoneMatch === undefined) return revisionIn(ifMatch);
  if (ifMatch === undefined && ifNoneMatch.trim() === '*') return 0;
  throw new MillraceError(
    'bad_request',
    'If-None-Match must be *, which makes something only if it is not there yet, and without If-Match.',
  );
}

/** The revision that an `If-Match` header names (RFC 9110, 13.1.1): `"3"`; undefined where any will do. */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, revision] = /^\s*"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  if (revision !== undefined) return Number(revision);
  throw new MillraceError('bad_request', 'If-Match must be a revision in quotation marks, such as "3".');
}

/**
 * Refuses a change that was made from another revision than the present one.
 *
 * @param present what counts all that can be edited; an edition where the revision counts less
 * @param madeFrom 0: from none; undefined: from any
 */
export function refuseStale(
  what: string,
  present: { revision: number } | { edition: number },
  madeFrom: number | undefined,
): void {
  const [count, now] = 'edition' in present ? ['edition', present.edition] : ['revision', present.revision];
  if (madeFrom === undefined || madeFrom === now) return;
  const advice =
    madeFrom === 0
      ? `There is one of that name already: read this ${what}, then change it, or choose another name.`
      : `Somebody else changed this ${what} meanwhile: read it again, then change it.`;
  throw new MillraceError('conflict', `${advice} It is at ${count} ${now} now.`, { details: { [count]: now } });
}
