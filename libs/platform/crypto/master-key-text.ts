import { MillraceError } from '@millrace/sdk';

/** The 32 bytes of a master key. Throws `invalid_settings` when the text is not base64 of exactly 32 bytes. */
export function decodeMasterKey(text: string): Buffer {
  if (!isMasterKey(text)) {
    throw new MillraceError(
      'invalid_settings',
      'A master key must be 32 bytes in base64: make one with `openssl rand -base64 32`.',
    );
  }
  return Buffer.from(text, 'base64');
}

export function isMasterKey(text: unknown): boolean {
  return (
    typeof text === 'string' && /^[A-Za-z0-9+/_-]{43}=?$/.test(text.trim()) && Buffer.from(text, 'base64').length === 32
  );
}
