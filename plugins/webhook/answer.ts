import { MillraceError, ok, rejected, retry, unknown, type Outcome } from '@millrace/sdk';
import { listedOutcomes } from './listed-outcomes.ts';

export interface Answer {
  host: string;
  status: number;
  text: string;
  retryAfter: unknown;
}

/** What an answer means for each of `count` rows. Throws for answers that every other request would get as well. */
export function outcomesOf(answer: Answer, count: number): Outcome[] {
  const { status, host, text } = answer;
  const all = (outcome: Outcome) => Array.from({ length: count }, () => outcome);
  const said = excerpt(text) ? ` It says: ${excerpt(text)}` : '';
  if (status < 200 || status >= 300) {
    const refused = refusal(answer, said);
    if (refused instanceof MillraceError) throw refused;
    return all(refused);
  }
  const listed = listedOutcomes(text);
  if (listed === undefined && status === 207) {
    throw new MillraceError(
      'invalid_response',
      `${host} answered 207: of some rows it may have taken, of others not.${said} Let it list its \`outcomes\`, one a row.`,
    );
  }
  if (listed === undefined) return all(ok());
  if (listed.length === count) return listed;
  return all(
    unknown(`${host} took the rows but listed ${listed.length} outcomes for ${count}. Let it list one a row, or none.`),
  );
}

/** Also of what `check` gets: the answers that say the endpoint is not to be used like this. */
export function endpointFault({ status, host }: Pick<Answer, 'status' | 'host'>, said = ''): MillraceError | undefined {
  if (status === 410) {
    return new MillraceError(
      'remote_rejected',
      `${host} answered 410: this endpoint wants no more deliveries.${said} Disable the sync, or set another address.`,
    );
  }
  if (status >= 300 && status < 400) {
    return new MillraceError(
      'remote_rejected',
      `${host} redirects (${status}), which webhooks do not follow.${said} Set the final address.`,
    );
  }
  if (status === 401 || status === 403) {
    return new MillraceError(
      status === 401 ? 'authentication_failed' : 'permission_denied',
      `${host} answered ${status}.${said} Check the signing secret and the extra headers.`,
    );
  }
  return undefined;
}

function refusal(answer: Answer, said: string): MillraceError | Outcome {
  const { status, host } = answer;
  const fault = endpointFault(answer, said);
  if (fault) return fault;
  if (status === 404 || status === 405) {
    return new MillraceError(
      'remote_rejected',
      `${host} answered ${status}: nothing takes a POST there.${said} Check the address.`,
    );
  }
  const message = `${host} answered ${status}.${said}`;
  if (status === 413) return rejected('row_too_large', message);
  const passing = status === 408 || status === 425 || status === 429 || status >= 500;
  return passing ? retry(milliseconds(answer.retryAfter), message) : rejected('remote_rejected', message);
}

function excerpt(text: string): string {
  return text.slice(0, 1_000).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}

/** `Retry-After`: seconds, or a date. */
function milliseconds(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
