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
    throw new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.', {
      cause,
    });
  }
}

/** The text at which a list goes on: an id, a name. Throws `bad_request`. */
export function textAfter(after: string | undefined): string | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined || typeof position === 'string') return position;
  throw new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
