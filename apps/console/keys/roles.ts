import type { Role } from '../api/index.ts';

/** What each role may do, besides what the ones before it may. */
export const deedsOfRoles: Readonly<Record<Role, string>> = {
  viewer: 'reads',
  marketer: 'templates and previews',
  operator: 'connections, syncs, runs and alerts',
  admin: 'keys and the audit log',
};
export const roles = Object.keys(deedsOfRoles) as Role[];

/** "reads; templates and previews" */
export const mayText = (role: Role): string =>
  roles
    .slice(0, roles.indexOf(role) + 1)
    .map((one) => deedsOfRoles[one])
    .join('; ');
