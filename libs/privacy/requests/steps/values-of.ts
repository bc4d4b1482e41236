import type { PersonSubject } from '#profiles';

/** Shorter ones would be found in texts that are about something else. */
const shortest = 6;

/** What may stand in texts: addresses, numbers and ids, as they are compared. */
export function valuesOf({ identities }: Pick<PersonSubject, 'identities'>): string[] {
  const values = identities.map((identity) => identity.slice(identity.indexOf(':') + 1));
  return [...new Set(values)].filter((value) => value.length >= shortest);
}
