import { MillraceError, messageOf, type Json } from '@millrace/sdk';
import { redactFields } from '#platform';
import { withoutSecrets } from './secret-texts.ts';

/**
 * What may be shown and stored of whatever a connector threw: no secret in message or details, and no cause, which could hold
 * anything. What is not a MillraceError comes from a vendor's client: `remote_error`.
 */
export function shownError(thrown: unknown, secrets: string[]): MillraceError {
  if (!(thrown instanceof MillraceError)) {
    const text = withoutSecrets(messageOf(thrown), secrets);
    return new MillraceError(
      'remote_error',
      `The connector failed: ${text || 'it gave no reason'}. Look into the log for more.`,
    );
  }
  const { code, message, details, retryable, retryAfter } = thrown;
  return new MillraceError(code, withoutSecrets(message, secrets), {
    details: details === undefined ? undefined : (redactFields({ details }, secrets).details as Json),
    retryable,
    retryAfter,
  });
}
