/** Gives the list of a person's identities the first value of each kind by its name (`profile.identities.email`), which loops do not see. */
export function knowTheirKinds(context: { profile?: { identities?: unknown } | null }): void {
  const identities = context.profile?.identities;
  if (!Array.isArray(identities)) return;
  for (const identity of identities as ({ kind?: unknown; value?: unknown } | null)[]) {
    const { kind, value } = identity ?? {};
    if (typeof kind === 'string' && !Object.hasOwn(identities, kind))
      Object.defineProperty(identities, kind, { value });
  }
}
