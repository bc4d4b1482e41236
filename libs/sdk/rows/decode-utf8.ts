import { isUtf8 } from 'node:buffer';

/** Makes text of UTF-8 that was read as latin1 (a character a byte). Undefined: the bytes are not UTF-8. */
export function decodeUtf8(text: string): string | undefined {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') && !isUtf8(bytes) ? undefined : decoded;
}
