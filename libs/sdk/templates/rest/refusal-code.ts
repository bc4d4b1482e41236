import type { ErrorCode } from '../../errors/index.ts';
import { isRateLimit } from './rate-limit.ts';

/** What another system refuses or fails with. */
export type RefusalCode = Extract<
  ErrorCode,
  'rate_limited' | 'authentication_failed' | 'permission_denied' | 'timeout' | 'remote_error' | 'remote_rejected'
>;

/** What an answer means whose status is 400 or greater. */
export function refusalCode(status: number, headers: Record<string, unknown>): RefusalCode {
  if (isRateLimit(status, headers)) return 'rate_limited';
  if (status === 401) return 'authentication_failed';
  if (status === 403) return 'permission_denied';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'remote_error' : 'remote_rejected';
}
