import { MillraceError } from '@millrace/sdk';
import type { Part } from './part.ts';

export const maxParts = 64;
export const maxProfileBytes = 256 * 1024;

/** Whether parts fit into one profile. */
export function fits(parts: readonly Part[]): boolean {
  if (parts.length > maxParts) return false;
  let bytes = 0;
  for (const part of parts) bytes += part.n;
  return bytes <= maxProfileBytes;
}

export function profileTooLarge(): MillraceError {
  return new MillraceError(
    'profile_too_large',
    `One person would have more than ${maxParts} source records or ${maxProfileBytes / 1024} KB. Check that the mapped identity names one person ` +
      'only (not a shared address or a constant), and map fewer or smaller traits.',
  );
}
