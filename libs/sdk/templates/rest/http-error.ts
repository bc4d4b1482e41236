import { isAxiosError, type AxiosError } from 'axios';
import { MillraceError } from '../../errors/index.ts';
import { askedWait } from './rate-limit.ts';
import { refusalCode, type RefusalCode } from './refusal-code.ts';

/**
 * Makes a MillraceError of what an axios instance throws. Those of `ctx.http` are MillraceErrors already and pass; a bare axios (in a spec,
 * in a vendor's client) gives errors that carry the request with its credentials, so only status and host go on.
 */
export function httpError(thrown: unknown): unknown {
  if (thrown instanceof MillraceError || !isAxiosError(thrown)) return thrown;
  const host = hostOf(thrown);
  const status = thrown.response?.status;
  if (status === undefined || status < 400) return noAnswer(thrown, host); // it may have broken off after its head
  const headers = thrown.response?.headers ?? {};
  const code = refusalCode(status, headers);
  return new MillraceError(code, `${host} answered ${status}: ${advice[code]}.`, {
    details: { host, status },
    retryAfter: askedWait(headers),
  });
}

/** The HTTP status behind an error, if it was an answer. */
export function httpStatus(error: unknown): number | undefined {
  if (!(error instanceof MillraceError)) return undefined;
  const { details } = error;
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined;
  return typeof details.status === 'number' ? details.status : undefined;
}

const advice: Record<RefusalCode, string> = {
  rate_limited: 'try again later, or lower the rate',
  authentication_failed: 'check the credentials of the connection',
  permission_denied: 'give the credentials the permission for this',
  timeout: 'try again',
  remote_error: 'try again later',
  remote_rejected: 'check the address and the values that were sent',
};

function noAnswer(error: AxiosError, host: string): MillraceError {
  const reason = error.code ?? error.message;
  if (reason === 'ECONNABORTED' || reason === 'ETIMEDOUT') {
    return new MillraceError('timeout', `${host} did not answer in time: try again, or ask for smaller pages.`);
  }
  return new MillraceError('unreachable', `${host} cannot be reached (${reason}): check the address and the network.`);
}

function hostOf({ config }: AxiosError): string {
  const address = [config?.url, config?.baseURL].find((url) => url !== undefined && URL.canParse(url));
  return address === undefined ? 'The other side' : new URL(address).host;
}
