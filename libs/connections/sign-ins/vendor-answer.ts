import { MillraceError, vendorText } from '@millrace/sdk';

/** What a vendor's page says of a sign-in (RFC 6749, 4.1.2 and 4.1.2.1), as it stands in the address. */
export interface VendorAnswer {
  code?: unknown;
  error?: unknown;
  error_description?: unknown;
}

const longestCode = 4096;

/** The code that is exchanged for tokens. Throws `authentication_failed` where there is none. */
export function codeOf({ code, error, error_description: said }: VendorAnswer, connection: string): string {
  if (error === undefined && typeof code === 'string' && code !== '' && code.length <= longestCode) return code;
  const reason = [vendorText(error) || 'no code', vendorText(said)].filter((text) => text !== '').join(': ');
  throw new MillraceError(
    'authentication_failed',
    `"${connection}" was not allowed to act for anybody (${reason}). Ask for a new link, and sign in with an account that may allow it.`,
  );
}
