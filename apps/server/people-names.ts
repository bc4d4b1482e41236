import { namedIdentities, recognisedIdentities, type ProfileSettings } from '#profiles';
import type { PeopleNames } from '#sync';

/** Whom records name, as the identity policy has it at the moment. */
export function peopleNames(settings: ProfileSettings): PeopleNames {
  return {
    store: 'profiles',
    reader: async () => {
      const { identities: rules } = await settings.rules();
      return {
        named: (identities, connection) => namedIdentities(identities, connection, rules),
        recognised: (record) => recognisedIdentities(record, rules),
      };
    },
  };
}
