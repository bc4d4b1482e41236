import { MillraceError } from '@millrace/sdk';

/** What mappings may call the usual kinds, beside their own names. */
const aliases: Record<string, string | undefined> = {
  userId: 'user',
  anonymousId: 'anonymous',
};

// `con_…` names connections: a mapping must not claim the ids of another one.
const kindPattern = /^(?!con_)[a-z][a-z0-9_]{0,30}$/;

/** Whether a text can be the kind of a mapped identity. */
export function isKind(text: string): boolean {
  return kindPattern.test(text);
}

/** The kind that somebody means who typed it: in any case, or by its name in a mapping. The ids of connections stay as they are. */
export function typedKind(typed: string): string {
  const lower = typed.toLowerCase();
  const alias = Object.entries(aliases).find(([name]) => name.toLowerCase() === lower)?.[1];
  if (alias !== undefined) return alias;
  return isKind(lower) ? lower : typed;
}

/** The kind that a mapping's `identities.<name>` means. Throws `invalid_identity`. */
export function kindOf(name: string): string {
  const kind = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  if (isKind(kind)) return kind;
  throw new MillraceError(
    'invalid_identity',
    `"${name.slice(0, 40)}" is not a kind of identity. Map to identities.email, .phone, .user, .anonymous, .$source (the connection's own ` +
      'id), or a kind of your own in lower-case letters, digits and underscores, such as identities.customer_id.',
  );
}
