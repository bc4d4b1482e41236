import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { isSigned } from './signed-request.ts';

/** One attempt of a request, as a span of a trace. */
export interface AttemptTrace {
  /** Tell the other side of the span. */
  headers: Record<string, string>;
  /** With its status, or the code of the error where there was no answer. */
  ended(status: string): void;
}

/** Begins the span of an attempt; nothing where nobody wants it. */
export type TraceAttempt = (method: string) => AttemptTrace | undefined;

/** The request with the headers of its trace, unless it is signed, or a trace of the connector's own is in it. */
export function traced(
  request: InternalAxiosRequestConfig,
  trace: AttemptTrace | undefined,
): InternalAxiosRequestConfig {
  if (!trace || request.headers.has('traceparent') || isSigned(request)) return request;
  const headers = new AxiosHeaders(request.headers);
  for (const [name, value] of Object.entries(trace.headers)) headers.set(name, value);
  return { ...request, headers };
}
