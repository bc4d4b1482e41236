import { MillraceError } from '@millrace/sdk';
import type { Person, Profiles } from '#profiles';

export interface SampledPerson {
  whose: string;
  person: Person;
}

/** The people of some identities; without any, somebody who changed last, if there is anybody. */
export async function sampledPeople(profiles: Profiles, identities?: readonly string[]): Promise<SampledPerson[]> {
  if (!identities) return lastChanged(profiles);
  const people = await Promise.all(identities.map((identity) => profiles.person(identity)));
  return people.map((person, index) => ({ whose: `for person ${index + 1}`, person }));
}

async function lastChanged(profiles: Profiles): Promise<SampledPerson[]> {
  try {
    return [{ whose: 'for somebody real', person: await profiles.sample() }];
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'profile_not_found') return [];
    throw error;
  }
}
