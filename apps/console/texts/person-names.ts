interface Known {
  identities: readonly { kind: string; value: string }[];
}

/** The address, or another identity that people recognise. */
export function addressOf({ identities }: Known): string | undefined {
  return (identities.find(({ kind }) => kind === 'email') ?? identities[0])?.value;
}

export const isText = (part: unknown): part is string => typeof part === 'string' && part !== '';

/** What the traits call somebody, as the API's lists do: trait `name` or `fullName`, else first and last name. Undefined: nothing. */
export function nameInTraits({ name, fullName, firstName, lastName }: Record<string, unknown>): string | undefined {
  return [name, fullName, [firstName, lastName].filter(isText).join(' ')].find(isText);
}
