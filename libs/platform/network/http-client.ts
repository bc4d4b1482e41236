import axios, { type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { exactJsonResponse, MillraceError, type HttpClient, type HttpSettings, type Logger } from '@millrace/sdk';
import { linked, throwIfAborted, wait } from './abort.ts';
import { attempt, type AttemptOptions, type Transport } from './attempt.ts';
import { traced, type TraceAttempt } from './attempt-trace.ts';
import { changesSomething } from './changes-something.ts';
import { secretsIn, withoutForeignCredentials } from './credentials.ts';
import { isHopeless, statusOf } from './http-errors.ts';
import { isStream } from './redirects.ts';
import { repeatPause } from './repeat-pause.ts';

export interface HttpOptions {
  /** Ends every request of this client, also while it waits to repeat one. */
  signal?: AbortSignal;
  log?: Logger;
  /** Waits for the turn of one attempt: the rate budget. */
  take?: () => Promise<void>;
  /** Is told how each attempt ended: its status, or the code of the error where there was no answer. */
  answered?: (status: string) => void;
  /** Puts each attempt into a trace (default: as the network does). */
  trace?: TraceAttempt;
  /** Told how many milliseconds the other side asks to wait. */
  askedToWait?: (ms: number) => Promise<void>;
}

const defaults = { timeout: 30_000, retries: 4, maxBytes: 50_000_000, maxRedirects: 5 };
const longestWaitMs = 60_000;

/** An axios instance whose adapter is guarded, bounded and repeats what may be repeated. See `HttpSettings` for the defaults. */
export function httpClient(settings: HttpSettings, options: HttpOptions, transport: Transport): HttpClient {
  const secrets = secretsIn(settings);
  const adapter: AxiosAdapter = async (config) => {
    const { controller, unlink } = linked([options.signal, config.signal]);
    try {
      return await withRetries(config, settings, options, {
        transport,
        secrets,
        signal: controller.signal,
        timeout: config.timeout || settings.timeout || defaults.timeout,
        maxBytes: bytesAllowed(config, settings),
        maxRedirects: config.maxRedirects ?? defaults.maxRedirects,
      });
    } finally {
      unlink();
    }
  };
  const client = axios.create({
    ...pick(settings),
    adapter,
    proxy: false,
    maxBodyLength: Infinity,
    transformResponse: exactJsonResponse,
    transitional: { silentJSONParsing: false, clarifyTimeoutError: true },
  });
  client.interceptors.request.use((config) => withoutForeignCredentials(config, settings));
  client.interceptors.response.use(undefined, (error: unknown) => {
    throw axios.isAxiosError(error) && error.name === 'SyntaxError' ? notJson(error.config) : error;
  });
  return client;
}

async function withRetries(
  config: InternalAxiosRequestConfig,
  settings: HttpSettings,
  { log, take, answered, trace, askedToWait }: HttpOptions,
  options: AttemptOptions,
) {
  const request = { ...config, url: axios.getUri(config), baseURL: undefined, params: undefined };
  const retries = settings.retries ?? defaults.retries;
  if (!URL.canParse(request.url)) {
    throw new MillraceError(
      'bad_request',
      'The request has no complete address: configure the base URL with http:// or https://.',
    );
  }
  for (let repeat = 0; ; repeat++) {
    await take?.();
    throwIfAborted(options.signal);
    const span = trace?.((request.method ?? 'get').toUpperCase());
    const ended = (status: string): void => {
      answered?.(status);
      span?.ended(status);
    };
    try {
      const response = await attempt(traced(request, span), options);
      ended(String(response.status));
      return response;
    } catch (error) {
      ended(outcomeOf(error));
      if (error instanceof MillraceError && error.retryAfter !== undefined) await askedToWait?.(error.retryAfter);
      if (!(error instanceof MillraceError) || repeat >= retries || !mayRepeat(request, error)) throw error;
      const pause = repeatPause(repeat, error.retryAfter);
      if (pause > longestWaitMs) throw error; // the caller gives its slot free and comes back
      log?.debug({ code: error.code, repeat: repeat + 1, pauseMs: Math.round(pause) }, 'A request is repeated');
      await wait(pause, options.signal);
    }
  }
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof MillraceError)) return 'aborted';
  return String(statusOf(error) ?? error.code);
}

/** What changes something is repeated only where the other side says that it did nothing. */
function mayRepeat(request: InternalAxiosRequestConfig, error: MillraceError): boolean {
  if (isHopeless(error) || isStream(request.data)) return false;
  return !changesSomething(request) || error.code === 'rate_limited' || statusOf(error) === 503;
}

/** A streamed answer is not held in memory: it is limited only where somebody said so. */
function bytesAllowed(config: InternalAxiosRequestConfig, settings: HttpSettings): number {
  if (config.maxContentLength !== undefined && config.maxContentLength >= 0) return config.maxContentLength;
  return settings.maxBytes ?? (config.responseType === 'stream' ? Infinity : defaults.maxBytes);
}

function pick({ baseURL, headers, params, auth }: HttpSettings) {
  return { baseURL, headers, params, auth };
}

/** The parser's own message would repeat a piece of the answer. */
function notJson(config: InternalAxiosRequestConfig | undefined): MillraceError {
  const host = config ? new URL(axios.getUri(config)).host : 'The other side';
  return new MillraceError(
    'invalid_response',
    `${host} answered with something that is not JSON: check that the address is that of the API.`,
  );
}
