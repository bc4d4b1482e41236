/** Roles by what they may do: each may do everything that the ones before it may. */
export const roles = ['viewer', 'marketer', 'operator', 'admin'] as const;

/** viewer: read; marketer: templates and previews; operator: connections, syncs and runs; admin: keys, audit log. */
export type Role = (typeof roles)[number];

export function includesRole(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}

/** Whether sensitive traits are shown to a role; to others, a mask. */
export function seesSensitiveTraits(role: Role): boolean {
  return includesRole(role, 'operator');
}
