import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip, type BrotliDecompress, type Unzip } from 'node:zlib';

/** What `wholeAnswers` unpacks. */
export const acceptedEncodings = 'gzip, br';

type Answer = Readable & Pick<IncomingMessage, 'headers' | 'statusCode' | 'statusMessage'>;

interface AnswerTransport {
  request: (options: RequestOptions, answered: (answer: Answer) => void) => ClientRequest;
}

/** Node's own transport, which unpacks answers itself: axios takes compressed data that was cut off for the whole. */
export function wholeAnswers({ protocol }: URL): AnswerTransport {
  const { request } = protocol === 'https:' ? https : http;
  return { request: (options, answered) => request(options, (answer) => answered(unpacked(answer))) };
}

function unpacked(answer: IncomingMessage): Answer {
  const { 'content-encoding': encoding, ...headers } = answer.headers;
  const unpacker = unpackerFor(encoding);
  if (!unpacker) return answer;
  const end = unpacker._flush.bind(unpacker);
  unpacker._flush = (done) => (unpacker.bytesWritten === 0 ? done() : end(done)); // nothing at all is an empty answer
  pipeline(answer, unpacker, () => undefined);
  const { statusCode, statusMessage } = answer;
  return Object.assign(unpacker, { headers, statusCode, statusMessage });
}

function unpackerFor(encoding = ''): Unzip | BrotliDecompress | undefined {
  if (/^(x-)?gzip$/i.test(encoding)) return createUnzip();
  return /^br$/i.test(encoding) ? createBrotliDecompress() : undefined;
}
