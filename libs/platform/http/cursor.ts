import { MillraceError, type Json } from '@millrace/sdk';

/** An opaque text for `next`: where a list goes on. */
export function encodeCursor(position: Json): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws `bad_request` when the text is not a cursor. What is inside still comes from outside: check its shape. */
export function decodeCursor(text: string): Json {
  try {
    if (!/^[\w-]+$/.test(text)) throw new SyntaxError('not base64url');
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Json;
  } catch (cause) {
    throw notACursor(cause);
  }
}

export function notACursor(cause?: unknown): MillraceError {
  const message = '`after` is not a cursor of this list: use the `next` of the former page.';
  return new MillraceError('bad_request', message, { cause });
}
