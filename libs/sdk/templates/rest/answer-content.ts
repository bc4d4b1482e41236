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
  /** JSON is parsed as a whole; bytes of rows are decoded row by row, so that a broken one takes the others from nobody. */
  responseType: 'text' | 'arraybuffer';
  /** Types of content that are certainly something else. */
  never?: RegExp;
}

export const answerFormats: Record<AnswerFormat, Format> = {
  json: { name: 'JSON', accept: 'application/json', responseType: 'text' },
  jsonl: {
    name: 'JSON Lines',
    accept: 'application/x-ndjson, application/jsonl, text/plain;q=0.9, */*;q=0.5',
    responseType: 'arraybuffer',
    never: /\bhtml\b/i,
  },
  csv: {
    name: 'CSV',
    accept: 'text/csv, text/plain;q=0.9, */*;q=0.5',
    responseType: 'arraybuffer',
    never: /\b(html|json)\b/i,
  },
};

/** Of JSON the value (undefined: it has no content); else the text, or its bytes where they are UTF-8. Throws `invalid_response` for what is not of the format. */
export async function contentOf(answer: AxiosResponse<unknown>, format: AnswerFormat, asked: Asked): Promise<unknown> {
  if (format === 'json') return json(answer, asked);
  const type = String(answer.headers['content-type'] ?? 'no content type');
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

function json({ status, data, headers }: AxiosResponse<unknown>, asked: Asked): unknown {
  if (typeof data !== 'string') return data;
  if (data === '' && mayBeEmpty.includes(status)) return undefined;
  try {
    return parseJson(data, documentLevels);
  } catch {
    // the parser's own error would repeat a piece of the answer
    const type = String(headers['content-type'] ?? 'no content type');
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
