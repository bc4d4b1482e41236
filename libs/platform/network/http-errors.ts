import type { AxiosResponse } from 'axios';
import { limitRenewal, MillraceError, messageOf, refusalCode, type RefusalCode } from '@millrace/sdk';
import { errorCodeOf } from '../errors/index.ts';
import { remoteText } from './remote-text.ts';
import { retryAfterMs } from './retry-after.ts';

/** The error of an answer whose status is not wanted. Names host and status, never headers. */
export function statusError(
  host: string,
  method: string,
  response: AxiosResponse,
  secrets: readonly string[],
): MillraceError {
  const { status, headers } = response;
  const code = status < 400 ? 'invalid_response' : refusalCode(status, headers);
  const said = remoteText(response.data, secrets);
  return new MillraceError(
    code,
    `${host} answered ${status} to ${method.toUpperCase()}${said === '' ? '' : ` (${said})`}: ${advice[code]}.`,
    { details: { host, status }, retryAfter: retryAfterMs(headers['retry-after']) ?? limitRenewal(headers) },
  );
}

/** The HTTP status that an error of ours stands for, if it was an answer. */
export function statusOf(error: MillraceError): number | undefined {
  const details = error.details;
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined;
  return typeof details.status === 'number' ? details.status : undefined;
}

const advice: Record<RefusalCode | 'invalid_response', string> = {
  rate_limited: 'it is tried again later; lower the rate if this goes on',
  authentication_failed: 'check the credentials of the connection',
  permission_denied: 'give the credentials the permission for this, or use others',
  timeout: 'it is tried again',
  remote_error: 'it is tried again later; ask the operator of that system if this goes on',
  remote_rejected: 'check the address and the values that were sent',
  invalid_response: 'this answer was not expected here; check the address',
};

/** The error of a request that got no answer. */
export function failureOf(host: string, thrown: unknown, maxBytes: number): MillraceError {
  const own = ownErrorIn(thrown);
  if (own) return own;
  const code = codeOf(thrown);
  if (code === 'ERR_BAD_RESPONSE' && messageOf(thrown).includes('maxContentLength')) return tooLarge(host, maxBytes);
  if (code === 'ERR_BAD_RESPONSE' || code === 'Z_BUF_ERROR' || /\baborted$/.test(messageOf(thrown))) {
    return new MillraceError(
      'unreachable',
      `${host} broke off in the middle of its answer: try again, or ask for smaller pages.`,
      { cause: bare(thrown), details: { host, reason: code ?? null } },
    );
  }
  if (code === 'Z_DATA_ERROR' || code?.startsWith('ERR__ERROR_FORMAT')) {
    return new MillraceError(
      'unreachable',
      `${host} answered with compressed data that is damaged (${code}): have its compression mended, or switched off.`,
      { cause: bare(thrown), details: { host, reason: code } },
    );
  }
  if (code === 'ERR_BAD_REQUEST' || code === 'ERR_INVALID_URL') {
    return new MillraceError(
      'bad_request',
      `The request to ${host} could not be made: ${messageOf(thrown)}. Check the address and the values sent.`,
    );
  }
  if (isTls(code)) {
    return new MillraceError(
      'unreachable',
      `${host} shows no certificate that can be trusted (${code}): check the address, or have its certificate renewed.`,
      {
        cause: bare(thrown),
        retryable: false,
      },
    );
  }
  return new MillraceError(
    'unreachable',
    `${host} cannot be reached (${code ?? messageOf(thrown)}): check the address, and that the network lets Millrace through.`,
    {
      cause: bare(thrown),
      details: { host, reason: code ?? null },
    },
  );
}

export function tooLarge(host: string, maxBytes: number): MillraceError {
  return new MillraceError(
    'response_too_large',
    `${host} answered with more than ${maxBytes} bytes: ask for smaller pages, or raise the limit.`,
  );
}

export function timedOut(host: string, timeout: number): MillraceError {
  return new MillraceError(
    'timeout',
    `${host} did not finish its answer within ${timeout} ms: try again, ask for smaller pages, or raise the time limit.`,
    {
      details: { host },
    },
  );
}

/** Whether the name does not exist or the certificate is bad: asking again at once is of no use. */
export function isHopeless(error: MillraceError): boolean {
  const code = codeOf(error.cause);
  return !error.retryable || code === 'ENOTFOUND';
}

function ownErrorIn(thrown: unknown, depth = 0): MillraceError | undefined {
  if (thrown instanceof MillraceError) return thrown;
  const hasCause = typeof thrown === 'object' && thrown !== null && 'cause' in thrown;
  return hasCause && depth < 5 ? ownErrorIn(thrown.cause, depth + 1) : undefined;
}

function codeOf(thrown: unknown): string | undefined {
  const code = errorCodeOf(thrown);
  return typeof code === 'string' ? code : undefined;
}

function isTls(code: string | undefined): code is string {
  return (
    code !== undefined &&
    (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_'))
  );
}

/** Axios' errors carry the request with its credentials: only the code and the message go on. */
function bare(thrown: unknown): Error {
  return Object.assign(new Error(messageOf(thrown)), { code: codeOf(thrown) });
}
