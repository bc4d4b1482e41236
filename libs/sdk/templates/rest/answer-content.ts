import { isUtf8 } from 'node:buffer';
import type { AxiosResponse } from 'axios';
import type { HttpClient } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { documentLevels, parseJson } from '../../parse-json.ts';
import { excerpt } from './excerpt.ts';
import type { AnswerFormat } from './rest-stream.ts';

interface Asked {
  /** `GET /items` */
  request: string;
  http: HttpClient;
}

interface Format {
  name: string;
  /** How it is asked for. */
  accept: string;
  /** Types of content that are certainly something else. */
  never?: RegExp;
}

export const answerFormats: Record<AnswerFormat, Format> = {
  json: { name: 'JSON', accept: 'application/json' },
  jsonl: {
    name: 'JSON Lines',
    accept: 'application/x-ndjson, application/jsonl, text/plain;q=0.9, */*;q=0.5',
    never: /\bhtml\b/i,
  },
  csv: {
    name: 'CSV',
    accept: 'text/csv, text/plain;q=0.9, */*;q=0.5',
    never: /\b(html|json)\b/i,
  },
};

/** Of JSON the value (undefined: it has no content); else the text, or its bytes where they are UTF-8. Throws `invalid_response` for what is not of the format. */
export async function contentOf(answer: AxiosResponse<unknown>, format: AnswerFormat, asked: Asked): Promise<unknown> {
  const type = String(answer.headers['content-type'] ?? 'no content type');
  if (format === 'json') return json(await jsonText(answer.data, type, asked), answer.status, type, asked);
  const { name, never } = answerFormats[format];
  const text = Buffer.isBuffer(answer.data) ? await decoded(answer.data, type, asked) : answer.data;
  if (!never?.test(type)) return text;
  throw new MillraceError('invalid_response', notThat(name, type, String(text), asked));
}

/** UTF-8 unless the header says otherwise. Others by iconv: Node's own TextDecoder takes windows-1252 for latin1. */
async function decoded(bytes: Buffer, type: string, { request }: Asked): Promise<string | Buffer> {
  const [, charset = 'utf-8'] = /charset="?([\w.:-]+)/i.exec(type) ?? [];
  if (/^(utf-?8|us-ascii)$/i.test(charset)) return bytes;
  const { default: iconv } = await import('iconv-lite');
  const known: boolean = iconv.encodingExists(charset);
  if (known) return iconv.decode(bytes, charset);
  throw new MillraceError(
    'invalid_response',
    `${request} answered in the character set "${charset}", which is not known. Ask whoever runs that API for UTF-8.`,
  );
}

/** Statuses of answers that may be empty. */
const mayBeEmpty = [202, 204];

/** JSON is UTF-8 (RFC 8259, 8.1), also where a server's default says something else; what is not is of the character set that the header says. */
async function jsonText(data: unknown, type: string, asked: Asked): Promise<unknown> {
  if (!Buffer.isBuffer(data)) return data;
  const text = isUtf8(data) && !data.includes(0) ? data : await decoded(data, type, asked);
  return text.toString('utf8').replace(/^\ufeff/, '');
}

function json(data: unknown, status: number, type: string, asked: Asked): unknown {
  if (typeof data !== 'string') return data;
  if (data === '' && mayBeEmpty.includes(status)) return undefined;
  try {
    return parseJson(data, documentLevels);
  } catch {
    // the parser's own error would repeat a piece of the answer
    throw new MillraceError(
      'invalid_response',
      /json/i.test(type)
        ? `${asked.request} answered with what says that it is JSON (${type}), and is not, or is nested more than ${documentLevels} levels deep: ${excerpt(data, asked.http)}. Ask whoever runs that API to mend it.`
        : notThat('JSON', type, data, asked),
    );
  }
}

function notThat(format: string, type: string, text: string, { request, http }: Asked): string {
  return `${request} was expected to answer with ${format}, but gave ${type}: ${excerpt(text, http)}. Check the base URL, the path and the credentials: a sign-in page often looks like this.`;
}
