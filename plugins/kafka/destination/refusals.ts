import { MillraceError, rejected, retry, unknown, type ErrorCode, type Outcome } from '@millrace/sdk';
import { protocolError } from '../client/errors.ts';

/** The broker refuses these messages for good: https://kafka.apache.org/protocol.html#protocol_error_codes */
const refused: Record<string, ErrorCode> = {
  INVALID_RECORD: 'remote_rejected',
  INVALID_TIMESTAMP: 'remote_rejected',
  CORRUPT_MESSAGE: 'remote_rejected',
  INVALID_TOPIC_EXCEPTION: 'remote_rejected',
  UNKNOWN_TOPIC_OR_PARTITION: 'remote_rejected',
  POLICY_VIOLATION: 'remote_rejected',
  UNSUPPORTED_COMPRESSION_TYPE: 'remote_rejected',
  MESSAGE_TOO_LARGE: 'row_too_large',
  RECORD_LIST_TOO_LARGE: 'row_too_large',
};

/** Nothing was written, whatever is sent: it concerns the connection. */
const notNow = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'NOT_ENOUGH_REPLICAS',
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'THROTTLING_QUOTA_EXCEEDED',
]);

/** Several messages together were too large: fewer may not be. */
export function isTooLarge(thrown: unknown): boolean {
  const type = protocolError(thrown);
  return type !== undefined && refused[type] === 'row_too_large';
}

/** None of the messages was written, and the next attempt meets the same fault. */
export function isConnectionsFault(thrown: unknown): boolean {
  return notNow.has(protocolError(thrown) ?? '');
}

/** What became of messages whose sending failed. `error` says it in words. */
export function outcomeOf(thrown: unknown, error: MillraceError): Outcome {
  const type = protocolError(thrown) ?? '';
  const code = Object.hasOwn(refused, type) ? refused[type] : undefined;
  if (code) return rejected(code, error.message);
  const notSent = notNow.has(type) || thrown instanceof MillraceError;
  return notSent ? retry(error.retryAfter, error.message) : unknown(error.message);
}
