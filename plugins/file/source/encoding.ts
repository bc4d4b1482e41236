import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeUtf8, isAsciiText, MillraceError } from '@millrace/sdk';

export interface Encoding {
  name: string;
  /** Bytes of a UTF-8 byte order mark to step over. */
  markBytes: number;
  /** A line feed, a comma or a quote is the byte that it is in ASCII, and no byte of another character is. */
  ascii: boolean;
}

/** The declared encoding, or the one that the first bytes speak for. Throws `invalid_config` for an unknown name. */
export function encodingOf(head: Buffer, declared: string, file: string): Encoding {
  const marked = byteOrderMark(head);
  const known: boolean = declared === 'auto' || iconv.encodingExists(declared);
  if (!known) {
    throw new MillraceError(
      'invalid_config',
      `${file}: the encoding "${declared}" is not known. Use auto, utf-8, utf-16le, windows-1252, iso-8859-1 or another IANA name.`,
    );
  }
  const name = declared === 'auto' ? (marked ?? guess(head)) : canonical(declared);
  return { name, markBytes: name === 'utf-8' && marked === 'utf-8' ? 3 : 0, ascii: isAsciiSuperset(name) };
}

function canonical(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return plain === 'utf8' || plain === 'ascii' || plain === 'usascii' ? 'utf-8' : name.toLowerCase();
}

function byteOrderMark(head: Buffer): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head.length >= 4 && head.readUInt32BE() === 0x0000feff) return 'utf-32be';
  if (head.length >= 4 && head.readUInt32LE() === 0x0000feff) return 'utf-32le'; // begins like the mark of UTF-16
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Without a mark: zero bytes on one side mean UTF-16; else a vote of the lines that are not ASCII, so that one bad byte decides nothing. */
function guess(head: Buffer): string {
  const sample = head.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length * 0.2 && even < odd / 4) return 'utf-16le';
  if (even > sample.length * 0.2 && odd < even / 4) return 'utf-16be';
  let votes = 0;
  for (const line of head
    .toString('latin1')
    .split(/[\r\n]+/)
    .slice(0, -1)) {
    if (isAsciiText(line)) continue;
    votes += isUtf8(Buffer.from(line, 'latin1')) ? 1 : -1;
  }
  if (votes === 0) return isUtf8(withoutCutCharacter(head)) ? 'utf-8' : 'windows-1252';
  return votes > 0 ? 'utf-8' : 'windows-1252';
}

function withoutCutCharacter(head: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= head.length; back += 1) {
    if ((head[head.length - back] ?? 0) >= 0xc0) return head.subarray(0, head.length - back);
  }
  return head;
}

function isAsciiSuperset(name: string): boolean {
  return (
    name === 'utf-8' || /^(windows-?125\d|cp125\d|win125\d|iso-?8859-?\d+|latin\d|koi8|macroman|macintosh)/.test(name)
  );
}

/**
 * Makes text of bytes that were read as latin1 (a character a byte), which lets rows be found at exact byte offsets before they are decoded.
 * Undefined: the bytes are not of this encoding.
 */
export function decoderOf({ name, ascii }: Encoding): (bytes: string) => string | undefined {
  if (name === 'utf-8' || !ascii) return ascii ? decodeUtf8 : decodeTranscoded;
  return (text) => {
    const decoded = iconv.decode(Buffer.from(text, 'latin1'), name);
    return decoded.includes('\ufffd') ? undefined : decoded;
  };
}

function decodeTranscoded(text: string): string | undefined {
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? undefined : decoded; // what the transcoding could not read
}

/** Other encodings as UTF-8; what cannot be read becomes U+FFFD. */
export async function* transcode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.write(chunk), 'utf8');
  const end = decoder.end();
  if (end) yield Buffer.from(end, 'utf8');
}
