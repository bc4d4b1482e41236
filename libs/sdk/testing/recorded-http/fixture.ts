import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MillraceError, parseJson, type Json } from '../../index.ts';

/** Bytes in the most readable way: JSON, text, or base64. */
export type Body = { json: Json } | { text: string } | { base64: string };

export interface RecordedRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: Body;
}

export interface Exchange {
  request: RecordedRequest;
  response: { status: number; headers: Record<string, string>; body?: Body };
}

export function loadFixture(file: string): Exchange[] {
  if (!existsSync(file)) {
    throw new MillraceError('not_found', `There is no fixture ${file}. Run the test once with MILLRACE_RECORD=1.`);
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { exchanges: Exchange[] }).exchanges;
}

export function saveFixture(file: string, exchanges: Exchange[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ exchanges }, null, 2)}\n`);
}

/** What requests are matched by: method, URL with its parameters sorted, body. */
export function requestKey({ method, url, body }: RecordedRequest): string {
  const [path, query = ''] = url.split('?', 2);
  return JSON.stringify([method, path, query.split('&').sort(), body ?? null]);
}

export function bodyOf(bytes: Buffer, contentType: string): Body | undefined {
  if (bytes.length === 0) return undefined;
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return { base64: bytes.toString('base64') };
  if (!/\bjson\b/.test(contentType)) return { text };
  try {
    return { json: parseJson(text) };
  } catch {
    return { text };
  }
}

export function bytesOf(body: Body | undefined): Buffer {
  if (!body) return Buffer.alloc(0);
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  return Buffer.from('text' in body ? body.text : JSON.stringify(body.json));
}
