import { MillraceError, messageOf, type ErrorCode } from '@millrace/sdk';
import { redactText } from '../log/index.ts';

const codes: Record<string, ErrorCode> = {
  EAUTH: 'authentication_failed',
  ETLS: 'unreachable',
  EREQUIRETLS: 'unreachable',
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  ETIMEDOUT: 'timeout',
  EENVELOPE: 'remote_rejected',
  EMESSAGE: 'remote_rejected',
};

/** What the mail server, or the way to it, had against a mail; without addresses and credentials. `advice` says what to do. */
export function mailError(thrown: unknown, host: string, advice: string): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const { code = '', responseCode = 0 } = (thrown ?? {}) as { code?: string; responseCode?: number };
  const passing = responseCode >= 400 && responseCode < 500; // SMTP: 4xx passes, 5xx stays
  const meaning = passing ? 'remote_error' : (codes[code] ?? 'remote_error');
  return new MillraceError(
    meaning,
    `The mail server ${host} did not take the mail: ${redactText(messageOf(thrown)).slice(0, 300)}. ${advice}`,
  );
}
