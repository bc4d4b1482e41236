/**
 * Names a profile: `email:ann@x.com`, `phone:+4420…`, `user:17`, `anonymous:…`, `<custom kind>:…`, or `<connection id>:17` for the id that
 * a record has in its own connection. The text before the first colon is the kind.
 */
export type IdentityKey = string;

export interface IdentityParts {
  kind: string;
  value: string;
}

export const maxIdentityLength = 256;

export function identityKey(kind: string, value: string): IdentityKey {
  return `${kind}:${value}`;
}

export function splitIdentity(key: IdentityKey): IdentityParts {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon), value: key.slice(colon + 1) };
}
