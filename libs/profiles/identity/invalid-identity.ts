import { MillraceError } from '@millrace/sdk';

/** Names the field; the value stays out of the message. */
export function invalidIdentity(field: string, problem: string): MillraceError {
  return new MillraceError('invalid_identity', `The value of ${field} ${problem}`);
}
