import type { PersonSummary, Profile } from '../api/index.ts';

/** Somebody as the Studio knows them. */
export interface Person {
  id: string;
  name: string;
  /** What the preview is asked for by. Absent for somebody made up. */
  identity?: string;
  /** The address, or another identity that people recognise. */
  address?: string;
  traits: Record<string, unknown>;
}

/** Nobody in particular: a person without any trait. */
export const madeUp: Person = { id: 'made-up', name: 'Nobody in particular', traits: {} };

export function personOf(profile: Profile, name?: string): Person {
  const { traits } = profile;
  const address = addressOf(profile);
  const isText = (part: unknown): part is string => typeof part === 'string' && part !== '';
  const full = [traits.firstName, traits.lastName].filter(isText).join(' ');
  return {
    id: profile.id,
    name: [name, traits.name, traits.fullName, full, address].find(isText) ?? 'Somebody',
    identity: profile.id,
    address,
    traits,
  };
}

export function addressOf({ identities }: Pick<PersonSummary, 'identities'>): string | undefined {
  return (identities.find(({ kind }) => kind === 'email') ?? identities[0])?.value;
}
