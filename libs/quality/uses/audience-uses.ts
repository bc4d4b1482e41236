import type { Audiences } from '#profiles';
import type { TraitUser } from './trait-users.ts';

/** The traits that conditions of audiences ask for. */
export function audienceUses(audiences: Pick<Audiences, 'traitUses'>): TraitUser {
  return async function* () {
    for (const { slug, name, traits } of await audiences.traitUses())
      yield { kind: 'audience', id: slug, name, traits };
  };
}
