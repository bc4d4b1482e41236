import axios, { AxiosError, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { MillraceError, type HttpClient, type HttpSettings } from '../../index.ts';
import { testHttp } from '../context/http.ts';
import {
  bodyOf,
  bytesOf,
  loadFixture,
  requestKey,
  saveFixture,
  type Body,
  type Exchange,
  type RecordedRequest,
} from './fixture.ts';
import { whenReady } from './when-ready.ts';
import { scrubber, type Scrubber } from './scrub.ts';

export interface RecordedHttpOptions {
  /** Settings of the client, e.g. the connector's own `http(config)`. */
  settings?: HttpSettings;
  /** Values that must not reach the fixture. */
  secrets?: string[];
  /** Default: `record` with MILLRACE_RECORD=1, else `replay`. */
  mode?: 'replay' | 'record';
}

/**
 * An HTTP client that answers from a fixture, or records one from the real server. Equal requests are answered in the order in
 * which they were recorded, the last answer again and again. A request that was not recorded fails and says so. Recording
 * waits where the server asks for it, and replaces the answers to the requests that are made; delete the fixture to be rid of others.
 */
export function recordedHttp(file: string, options: RecordedHttpOptions = {}): HttpClient {
  const { mode = process.env.MILLRACE_RECORD === '1' ? 'record' : 'replay' } = options;
  const http = testHttp(options.settings);
  const scrub = scrubber(options.secrets ?? []);
  http.defaults.adapter = mode === 'record' ? recorder(file, scrub) : replayer(file, scrub);
  return http;
}

function replayer(file: string, scrub: Scrubber): AxiosAdapter {
  let exchanges: Exchange[] | undefined;
  const asked = new Map<string, number>();
  return async (config) => {
    exchanges ??= loadFixture(file);
    const request = requestOf(config, scrub);
    const key = requestKey(request);
    const answers = exchanges.filter((exchange) => requestKey(exchange.request) === key);
    const count = asked.get(key) ?? 0;
    asked.set(key, count + 1);
    const answer = answers[Math.min(count, answers.length - 1)];
    if (!answer) throw unknownRequest(file, request, exchanges);
    const { status, headers, body } = answer.response;
    return settle(config, status, headers, bytesOf(body));
  };
}

function recorder(file: string, scrub: Scrubber): AxiosAdapter {
  const recorded = new Set<string>();
  return async (config) => {
    const send = axios.getAdapter('http');
    const bytes: InternalAxiosRequestConfig = { ...config, responseType: 'arraybuffer', validateStatus: null };
    const answer = await whenReady(() => send(bytes) as Promise<AxiosResponse<Buffer>>, abortSignal(config));
    const headers = plainHeaders(answer.headers);
    const request = requestOf(config, scrub);
    const body = scrubBody(answer.data, headers['content-type'] ?? '', scrub);
    const exchange = { request, response: { status: answer.status, headers: scrub.headers(kept(headers)), body } };
    const key = requestKey(request);
    const stored = existsSync(file) ? loadFixture(file) : [];
    const exchanges = recorded.has(key) ? stored : stored.filter((earlier) => requestKey(earlier.request) !== key);
    recorded.add(key);
    const last = exchanges.findLast((earlier) => requestKey(earlier.request) === key);
    if (JSON.stringify(last?.response) !== JSON.stringify(exchange.response)) exchanges.push(exchange);
    saveFixture(file, exchanges);
    return settle(config, answer.status, headers, answer.data);
  };
}

/** axios takes older forms of a signal, too. */
function abortSignal({ signal }: InternalAxiosRequestConfig): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}

function requestOf(config: InternalAxiosRequestConfig, scrub: Scrubber): RecordedRequest {
  const headers = plainHeaders(config.headers);
  const data: unknown = config.data;
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(typeof data === 'string' ? data : '');
  return {
    method: (config.method ?? 'get').toUpperCase(),
    url: scrub.text(axios.getUri(config)),
    headers: scrub.headers(kept(headers)),
    body: scrubBody(bytes, headers['content-type'] ?? '', scrub),
  };
}

function scrubBody(bytes: Buffer, contentType: string, scrub: Scrubber): Body | undefined {
  const body = bodyOf(bytes, contentType);
  return body && 'base64' in body ? body : bodyOf(Buffer.from(scrub.text(bytes.toString('utf8'))), contentType);
}

/** Headers that change with every run, or no longer fit the stored bytes, are left out. */
const passing =
  /^(date|age|connection|keep-alive|transfer-encoding|content-length|content-encoding|user-agent|host|cf-.*|x-request-id|accept-encoding)$/;

function kept(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !passing.test(name)));
}

function plainHeaders(headers: object): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function settle(
  config: InternalAxiosRequestConfig,
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
): AxiosResponse {
  const { responseType } = config;
  const data: unknown =
    responseType === 'stream'
      ? Readable.from([bytes])
      : responseType === 'arraybuffer'
        ? bytes
        : bytes.toString('utf8');
  const response: AxiosResponse = { data, status, statusText: '', headers, config };
  if (!config.validateStatus || config.validateStatus(status)) return response;
  const code = status >= 500 ? AxiosError.ERR_BAD_RESPONSE : AxiosError.ERR_BAD_REQUEST;
  throw new AxiosError(`Request failed with status code ${status}`, code, config, undefined, response);
}

function unknownRequest(file: string, request: RecordedRequest, exchanges: Exchange[]): MillraceError {
  const known = exchanges.map((exchange) => `${exchange.request.method} ${exchange.request.url}`);
  return new MillraceError(
    'not_found',
    `The fixture ${file} has no answer to ${request.method} ${request.url}${request.body ? ` with ${JSON.stringify(request.body).slice(0, 200)}` : ''}. ` +
      `It has: ${[...new Set(known)].slice(0, 10).join(', ') || 'nothing'}. Record it again with MILLRACE_RECORD=1.`,
  );
}
