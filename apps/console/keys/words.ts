import type { ApiKey, AuditEntry } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';

/** "used 3 minutes ago" */
export function usedText({ lastUsedAt }: ApiKey): string {
  return lastUsedAt === undefined ? 'never used' : `used ${timeAgo(lastUsedAt)}`;
}

/** "made 2 months ago by ops, never expires" */
export function lifeText(key: ApiKey, nameOf: (id: string) => string): string {
  const { createdAt, createdBy, revokedAt } = key;
  const made = `made ${timeAgo(createdAt)}${createdBy === undefined ? '' : ` by ${nameOf(createdBy)}`}`;
  return `${made}, ${revokedAt === undefined ? expiryText(key) : `revoked ${timeAgo(revokedAt)}`}`;
}

/** "expires in 3 months (2026-03-01)" */
export function expiryText({ expiresAt }: ApiKey, now = Date.now()): string {
  if (expiresAt === undefined) return 'never expires';
  const verb = Date.parse(expiresAt) <= now ? 'expired' : 'expires';
  return `${verb} ${timeAgo(expiresAt, now)} (${expiresAt.slice(0, 10)})`;
}

/** "PUT /api/syncs/people" */
export const changeText = ({ method, path }: AuditEntry): string => `${method} ${path}`;
