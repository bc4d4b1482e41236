import { MillraceError } from '@millrace/sdk';

/**
 * Names the field; the value stays out of the message.
 *
 * @param field null where somebody typed the identity: there is no source and no mapping then
 * @param advice for whoever maps
 */
export function invalidIdentity(
  field: string | null,
  problem: string,
  advice = 'Correct it in the source, or map another field.',
): MillraceError {
  const message =
    field === null ? `The identity ${problem}. Correct it.` : `The value of ${field} ${problem}. ${advice}`;
  return new MillraceError('invalid_identity', message);
}
