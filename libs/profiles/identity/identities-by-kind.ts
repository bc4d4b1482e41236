import { splitIdentity, type IdentityKey } from './identity-key.ts';

/** By kind the first one, and all of them in the plural: `{ email: 'a@x', emails: ['a@x', 'b@x'] }`. */
export function identitiesByKind(ids: readonly IdentityKey[]): Record<string, string | string[]> {
  const byKind: Record<string, string | string[]> = {};
  for (const { kind, value } of ids.map(splitIdentity)) {
    const all = (byKind[`${kind}s`] ??= []) as string[];
    if (all.length === 0) byKind[kind] = value;
    all.push(value);
  }
  return byKind;
}
