import { HttpException } from '@nestjs/common';
import { MillraceError, type ErrorCode } from '@millrace/sdk';
import { duplicateKey, errorCodeOf } from './error-code.ts';
import { refusesWrites } from './mongo-refuses-writes.ts';
import { isUnreachable } from './mongo-unreachable.ts';
import { problem, type Problem } from './problem.ts';

/**
 * What a client may know of anything thrown. What nobody foresaw is `internal` and tells nothing of itself, since its message
 * may hold anything.
 */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof MillraceError) return problem(thrown.code, thrown.message, thrown.details);
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  if (errorCodeOf(thrown) === duplicateKey) {
    return problem(
      'conflict',
      'Something with the same unique value exists already: use another value, or change the existing one.',
    );
  }
  if (isUnreachable(thrown)) {
    return problem(
      'service_unavailable',
      'MongoDB cannot be reached just now. Try again in a moment; of a change, look first whether it was made.',
    );
  }
  if (refusesWrites(thrown)) {
    return problem(
      'service_unavailable',
      'MongoDB takes no writes just now: they are blocked, or its space is used up. Try again later; of a change, look first whether it was made.',
    );
  }
  if (isUnstorable(thrown)) {
    return problem(
      'bad_request',
      'The request holds what cannot be stored: names must not contain the character U+0000, and values may not be nested 180 levels deep.',
    );
  }
  return problem('internal', 'Something failed inside Millrace. The log has more under the id of this request.');
}

/** Neither the driver (BSONError) nor MongoDB (15, Overflow) can hold it. */
function isUnstorable(thrown: unknown): boolean {
  return (thrown instanceof Error && thrown.name === 'BSONError') || errorCodeOf(thrown) === 15;
}

function fromHttpException(exception: HttpException): Problem {
  const status = exception.getStatus();
  if (status >= 500 && status !== 503) return toProblem(undefined);
  const unknownRoute = /^Cannot ([A-Z]+) (\S+)$/.exec(exception.message); // Nest's own words for it
  if (unknownRoute) {
    return problem('not_found', `There is no route ${unknownRoute[1]} ${unknownRoute[2]}. /docs describes the routes.`);
  }
  return { ...problem(codeOfStatus(status), exception.message), status };
}

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 405:
      return 'not_found';
    case 409:
      return 'conflict';
    case 413:
      return 'payload_too_large';
    case 429:
      return 'rate_limited';
    case 503:
      return 'service_unavailable';
    default:
      return 'bad_request';
  }
}
