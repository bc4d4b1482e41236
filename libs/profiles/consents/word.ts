import { MillraceError } from '@millrace/sdk';
import { readName, required } from '../folding/index.ts';

/** Names of channels and purposes. */
export const wordPattern = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

/** A choice with this purpose speaks for every purpose of its channel. */
export const everyPurpose = 'all';

/** Throws `invalid_row`. */
export function readWord(value: unknown, field: string): string {
  const word = required(readName(value, field), field).toLowerCase();
  if (wordPattern.test(word)) return word;
  throw new MillraceError(
    'invalid_row',
    `"${field}" is not a word of letters, digits, "_", "." and "-", such as email or newsletter.`,
  );
}
