import type { Role } from './people.ts';

/**
 * An API key, without itself.
 *
 * @schema KeyDto
 */
export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  createdAt: string;
  /** Id of the key that made it. */
  createdBy?: string;
  /** Right to the minute. */
  lastUsedAt?: string;
  revokedAt?: string;
  expiresAt?: string;
}

/** @schema NewKeyDto */
export interface NewApiKey {
  id: string;
  name: string;
  /** The key itself, this once. */
  key: string;
}

/**
 * What somebody changed by the API.
 *
 * @schema AuditEntryDto
 */
export interface AuditEntry {
  id: string;
  at: string;
  method: string;
  path: string;
  status: number;
  code?: string;
}
