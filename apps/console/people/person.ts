import type { Profile } from '../api/index.ts';
import { addressOf, isText, nameInTraits } from '../texts/index.ts';

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
  return {
    id: profile.id,
    name: [name, nameInTraits(traits), address].find(isText) ?? 'Somebody',
    identity: profile.id,
    address,
    traits,
  };
}
