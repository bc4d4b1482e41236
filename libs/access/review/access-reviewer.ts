import { Injectable } from '@nestjs/common';
import type { Role } from '../roles/role.ts';
import { includesRole, roles } from '../roles/role.ts';
import { KeyStore } from '../keys/key-store.ts';
import type { StoredKey } from '../keys/key.schema.ts';
import { RouteRoles, type RouteRole } from './route-roles.ts';

export const keyConcerns = ['unused', 'neverExpires', 'admin', 'expired'] as const;
/** `unused`: not used for as long as was asked, since it was made; `expired`: over, but not revoked. */
export type KeyConcern = (typeof keyConcerns)[number];

export interface ReviewedKey {
  id: string;
  name: string;
  role: Role;
  createdAt: Date;
  createdBy?: string;
  lastUsedAt?: Date;
  expiresAt?: Date;
  concerns: KeyConcern[];
}

export interface ReviewedRole {
  role: Role;
  /** Keys in use that have exactly this role. */
  keys: number;
  /** Routes that this role opens and those below do not. */
  routes: Omit<RouteRole, 'role'>[];
}

/** Who can do what, and which keys somebody should look at. */
@Injectable()
export class AccessReviewer {
  constructor(
    private readonly keys: KeyStore,
    private readonly routes: RouteRoles,
  ) {}

  /** Keys in use, by age. @param unusedFor milliseconds */
  async reviewedKeys(after: string | undefined, limit: number, unusedFor: number): Promise<ReviewedKey[]> {
    const now = Date.now();
    return (await this.keys.pageInUse(after, limit)).map((key) => reviewed(key, now, unusedFor));
  }

  async reviewedRoles(): Promise<ReviewedRole[]> {
    const counts = await this.keys.countByRole();
    const all = this.routes.list();
    return roles.map((role) => ({
      role,
      keys: counts.get(role) ?? 0,
      routes: all.filter((route) => route.role === role).map(({ method, path }) => ({ method, path })),
    }));
  }

  publicRoutes(): Omit<RouteRole, 'role'>[] {
    return this.routes.list().flatMap(({ method, path, role }) => (role === 'public' ? [{ method, path }] : []));
  }
}

function reviewed(key: StoredKey, now: number, unusedFor: number): ReviewedKey {
  const { _id: id, name, role, createdAt, createdBy, lastUsedAt, expiresAt } = key;
  const used = lastUsedAt ?? createdAt;
  const concerns: KeyConcern[] = [
    ...(now - used.getTime() > unusedFor ? (['unused'] as const) : []),
    ...(expiresAt ? [] : (['neverExpires'] as const)),
    ...(includesRole(role, 'admin') ? (['admin'] as const) : []),
    ...(expiresAt && expiresAt.getTime() <= now ? (['expired'] as const) : []),
  ];
  return {
    id,
    name,
    role,
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    ...(lastUsedAt && { lastUsedAt }),
    ...(expiresAt && { expiresAt }),
    concerns,
  };
}
