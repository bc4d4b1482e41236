import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { MillraceError, parseJson } from '@millrace/sdk';
import { mostRequestBytes } from '../collector/index.ts';

const unpackers = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/**
 * The JSON in a request's body, whatever its content type: clients send it as text (browsers, without a preflight) or as a form. Throws
 * `payload_too_large`, `invalid_json`, `bad_request`.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const packed = await bytesOf(request, mostRequestBytes);
  const encoding = request.headers['content-encoding'];
  const text = (encoding && encoding !== 'identity' ? await unpacked(packed, encoding) : packed).toString('utf8');
  try {
    return parseJson(text);
  } catch (cause) {
    const message = 'The body is not valid JSON: check quotes, commas and that it is complete.';
    throw new MillraceError('invalid_json', message, { cause });
  }
}

/** What the request says it has; where it says nothing, what it may have at most. Throws `payload_too_large`. */
export function announcedBytes({ headers }: IncomingMessage, most = mostRequestBytes): number {
  const length = Number(headers['content-length'] ?? most);
  if (length > most) throw tooLarge(most);
  return length;
}

/** The body as it comes. Throws `payload_too_large`, `bad_request`. */
export function bytesOf(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) reject(tooLarge(most));
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('aborted', () => reject(leftEarly()));
    if (request.destroyed) reject(leftEarly()); // while its body was not read yet: nothing of it is told any more
  });
}

function leftEarly(): MillraceError {
  return new MillraceError('bad_request', 'The request ended before its body did.');
}

async function unpacked(packed: Buffer, encoding: string): Promise<Buffer> {
  const unpack = unpackers.get(encoding.toLowerCase());
  if (!unpack)
    throw new MillraceError('bad_request', 'The body is packed in a way that is not known: send it as gzip.');
  try {
    return await unpack(packed, { maxOutputLength: mostRequestBytes });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new MillraceError('bad_request', `The body is not ${encoding}, though its header says so.`, { cause });
  }
}

function tooLarge(most = mostRequestBytes): MillraceError {
  return new MillraceError('payload_too_large', `The body is larger than ${most} bytes: send less at a time.`);
}
