import { seesSensitiveTraits, type KeyHolder } from '#access';

/** Whether sensitive traits are shown, or a mask in their place. */
export type Sight = 'masked' | 'unmasked';

/** What a key may see. */
export function sightOf({ role }: Pick<KeyHolder, 'role'>): Sight {
  return seesSensitiveTraits(role) ? 'unmasked' : 'masked';
}
