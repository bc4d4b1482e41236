import { MillraceError } from '@millrace/sdk';

/** Why a message cannot be read; the values stay out of it. */
export function invalidMessage(message: string): MillraceError {
  return new MillraceError('invalid_row', message);
}
