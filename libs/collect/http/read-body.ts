import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { MillraceError, parseJson } from '@millrace/sdk';
import { mostRequestBytes } from '../collector/index.ts';

const unpackers = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/** Milliseconds without a byte, and for the whole: a phone on a bad line needs about a minute for the largest batch. */
const usualPatience = { idle: 10_000, whole: 120_000 };

export interface BodyLimits {
  most: number;
  /** Is told of each piece before it is kept; may throw. */
  take: (bytes: number) => void;
  patience?: typeof usualPatience;
}

/**
 * The JSON in a request's body, whatever its content type: clients send it as text (browsers, without a preflight) or as a form. Throws
 * `payload_too_large`, `rate_limited`, `invalid_json`, `bad_request`, `timeout`.
 */
export async function readBody(request: IncomingMessage, { take }: Pick<BodyLimits, 'take'>): Promise<unknown> {
  const packed = await bytesOf(request, { most: mostRequestBytes, take });
  const encoding = request.headers['content-encoding'];
  const text = (encoding && encoding !== 'identity' ? await unpacked(packed, encoding) : packed).toString('utf8');
  try {
    return parseJson(text);
  } catch (cause) {
    const message = 'The body is not valid JSON: check quotes, commas and that it is complete.';
    throw new MillraceError('invalid_json', message, { cause });
  }
}

/** The body as it comes. Throws `payload_too_large`, `bad_request`, `timeout`, and what `take` throws. */
export function bytesOf(
  request: IncomingMessage,
  { most, take, patience = usualPatience }: BodyLimits,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > most) return reject(tooLarge(most));
    const until = performance.now() + patience.whole;
    const chunks: Buffer[] = [];
    let bytes = 0;
    let failed = false;
    const fail = (error: Error): void => {
      failed = true; // what still comes is read into nothing
      chunks.length = 0;
      clearTimeout(silence);
      reject(error);
    };
    const silence = request.complete ? undefined : setTimeout(() => expire(bytes), patience.idle);
    // It may be this process that stood still: what came meanwhile is read first.
    const expire = (known: number) => setImmediate(() => bytes === known && fail(tooSlow()));
    request.on('data', (chunk: Buffer) => {
      if (failed) return;
      bytes += chunk.length;
      if (bytes > most) return fail(tooLarge(most));
      if (performance.now() > until) return fail(tooSlow());
      try {
        take(chunk.length);
      } catch (error) {
        return fail(error as Error);
      }
      chunks.push(chunk);
      silence?.refresh();
    });
    request.once('end', () => {
      clearTimeout(silence);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', fail);
    request.once('aborted', () => fail(leftEarly()));
    if (request.destroyed) fail(leftEarly()); // while its body was not read yet: nothing of it is told any more
  });
}

function tooSlow(): MillraceError {
  return new MillraceError('timeout', 'The body came too slowly. Send it again, or less at a time.');
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
