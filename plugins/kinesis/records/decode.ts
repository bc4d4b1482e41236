import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MillraceError, messageOf, parseJson } from '@millrace/sdk';
import type { KinesisConfig } from '../config.ts';

const unzip = promisify(gunzip);
const maxBytes = 20_000_000;

/** What the bytes of a record say. Throws `invalid_encoding`, `malformed_row` or `row_too_large`. */
export async function decode(data: Uint8Array, format: KinesisConfig['format']): Promise<unknown> {
  const text = textOf(isGzip(data) ? await unzipped(data) : data);
  if (format === 'text') return text;
  try {
    return parseJson(text);
  } catch (error) {
    throw new MillraceError('malformed_row', `The record is not JSON: ${messageOf(error)}. Correct its producer.`);
  }
}

/** Undecodable bytes as text, for whoever looks after them: in base64 where they are no text. */
export function originalOf(data: Uint8Array): string {
  try {
    return textOf(data);
  } catch {
    return Buffer.from(data).toString('base64');
  }
}

function isGzip(data: Uint8Array): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

async function unzipped(data: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `The record is larger than ${maxBytes} bytes when unzipped. Let its producer send smaller ones.`;
      throw new MillraceError('row_too_large', message);
    }
    throw new MillraceError(
      'invalid_encoding',
      `The record is broken gzip: ${messageOf(error)}. Correct its producer.`,
    );
  }
}

function textOf(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    throw new MillraceError('invalid_encoding', 'The record is not UTF-8. Correct its producer.');
  }
}
