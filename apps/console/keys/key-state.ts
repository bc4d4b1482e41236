import type { ApiKey } from '../api/index.ts';

/** The access review's words; a key that is none of it works. */
export type KeyState = 'works' | 'unused' | 'expired' | 'revoked';

/** Days after which a key that nobody used is marked, as in the access review. */
export const unusedDays = 90;

export function keyState(
  { createdAt, lastUsedAt = createdAt, revokedAt, expiresAt }: ApiKey,
  now = Date.now(),
): KeyState {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) return 'expired';
  return now - Date.parse(lastUsedAt) > unusedDays * 86_400_000 ? 'unused' : 'works';
}
