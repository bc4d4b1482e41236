import { namedIdentities, recognisedIdentities, withNationalNumbers, type ProfileSettings } from '#profiles';
import type { PeopleNames } from '#sync';

/** Whom records name, as the identity policy has it at the moment. */
export function peopleNames(settings: ProfileSettings): PeopleNames {
  return {
    store: 'profiles',
    reader: async () => {
      const { identities: rules } = await settings.rules();
      return {
        named: (identities, connection) =>
          withNationalNumbers(namedIdentities(identities, connection, rules), rules.policy),
        recognised: (record) => withNationalNumbers(recognisedIdentities(record, rules), rules.policy),
      };
    },
  };
}
