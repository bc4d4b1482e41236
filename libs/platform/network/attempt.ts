import type { Agent, ClientRequest } from 'node:http';
import { Readable } from 'node:stream';
import axios, { isAxiosError, type AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { MillraceError } from '@millrace/sdk';
import { linked, throwIfAborted } from './abort.ts';
import { changesSomething } from './changes-something.ts';
import { firstBytes } from './first-bytes.ts';
import type { Guard } from './guard.ts';
import { guardedBody } from './guarded-body.ts';
import { failureOf, statusError, timedOut } from './http-errors.ts';
import { isStream, redirected } from './redirects.ts';
import { unaskedPart } from './unasked-part.ts';
import { acceptedEncodings, wholeAnswers } from './whole-answers.ts';

/** As many idle connections are kept to one host. */
const mostClosing = 16;

export interface Transport {
  guard: Guard;
  httpAgent: Agent;
  httpsAgent: Agent;
}

export interface AttemptOptions {
  transport: Transport;
  signal: AbortSignal;
  /** Milliseconds for redirects, headers and body together; of a streamed body, for each silence. */
  timeout: number;
  maxBytes: number;
  maxRedirects: number;
  secrets: readonly string[];
}

/** One attempt, redirects included. `request.url` is complete. Throws a MillraceError, or the reason of the signal that ended it. */
export async function attempt(request: InternalAxiosRequestConfig, options: AttemptOptions): Promise<AxiosResponse> {
  const { host } = new URL(request.url ?? '');
  const { controller, unlink } = linked([options.signal]);
  const deadline = setTimeout(() => controller.abort(timedOut(host, options.timeout)), options.timeout);
  let streaming = false;
  try {
    const response = await follow(request, controller.signal, options);
    if (response.data instanceof Readable) {
      streaming = true;
      const limits = { host, maxBytes: options.maxBytes, idleMs: options.timeout, onEnd: unlink };
      response.data = guardedBody(response.data, limits);
    }
    return { ...response, config: request };
  } catch (error) {
    throwIfAborted(controller.signal);
    throw failureOf(host, error, options.maxBytes);
  } finally {
    clearTimeout(deadline);
    if (!streaming) unlink();
  }
}

async function follow(
  request: InternalAxiosRequestConfig,
  signal: AbortSignal,
  options: AttemptOptions,
): Promise<AxiosResponse> {
  let current = request;
  for (let hops = 0; ; hops++) {
    const url = new URL(current.url ?? '');
    options.transport.guard.checkUrl(url);
    const response = await sendAnew(current, signal, options).catch((error: unknown) => {
      throw failureOf(url.host, error, options.maxBytes); // of a redirect, the host that it led to
    });
    const next = options.maxRedirects > 0 ? redirected(current, response) : undefined;
    if (!next) return await accepted(url.host, request, response, options);
    discard(response);
    if (hops >= options.maxRedirects) {
      throw new MillraceError(
        'invalid_response',
        `${url.host} redirects more than ${options.maxRedirects} times: configure the final address.`,
      );
    }
    current = next;
  }
}

/**
 * Sends it again at once where the other side was closing the idle connection that was used: it has seen nothing of the request then, most likely, so
 * what may change something is not sent again (https://nodejs.org/docs/latest-v20.x/api/http.html#requestreusedsocket).
 */
async function sendAnew(
  request: InternalAxiosRequestConfig,
  signal: AbortSignal,
  options: AttemptOptions,
): Promise<AxiosResponse> {
  for (let closing = 0; ; closing++) {
    try {
      return await send(request, signal, options);
    } catch (error) {
      const again = isAxiosError(error) && wasClosing(error) && !changesSomething(request) && !isStream(request.data);
      if (!again || closing >= mostClosing) throw error;
    }
  }
}

function wasClosing({ code, request }: AxiosError): boolean {
  return (code === 'ECONNRESET' || code === 'EPIPE') && (request as Partial<ClientRequest>).reusedSocket === true;
}

/** Axios' own adapter, without what it would do unguarded: redirects, proxies of the environment, local sockets, other protocols. */
async function send(
  request: InternalAxiosRequestConfig,
  signal: AbortSignal,
  options: AttemptOptions,
): Promise<AxiosResponse> {
  const { guard, httpAgent, httpsAgent } = options.transport;
  request.headers.set('accept-encoding', acceptedEncodings, false);
  const guarded = {
    ...request,
    httpAgent,
    httpsAgent,
    lookup: guard.lookup as InternalAxiosRequestConfig['lookup'],
    httpVersion: 1 as const,
    socketPath: null,
    proxy: false as const,
    transport: wholeAnswers(new URL(request.url ?? '')),
    maxRedirects: 0,
    timeout: 0,
    signal,
    validateStatus: null,
    maxContentLength: request.responseType === 'stream' ? -1 : options.maxBytes,
  };
  return await axios.getAdapter('http')(guarded);
}

async function accepted(
  host: string,
  request: InternalAxiosRequestConfig,
  response: AxiosResponse,
  options: AttemptOptions,
): Promise<AxiosResponse> {
  const wanted = request.validateStatus;
  if (!wanted || wanted(response.status)) {
    const part = unaskedPart(host, request, response);
    if (!part) return response;
    discard(response);
    throw part;
  }
  const data = response.data instanceof Readable ? await firstBytes(response.data) : (response.data as unknown);
  throw statusError(host, request.method ?? 'get', { ...response, data }, options.secrets);
}

function discard({ data }: AxiosResponse): void {
  if (data instanceof Readable) data.destroy();
}
