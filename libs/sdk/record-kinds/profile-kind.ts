import type { RecordKind } from './record-kind.ts';
import { identitiesSchema } from './shared-fields.ts';

export const profileKind: RecordKind = {
  title: 'Profile',
  description: 'What a record says about a person: who (identities) and what (traits).',
  version: 1,
  schema: {
    type: 'object',
    properties: {
      identities: identitiesSchema,
      traits: {
        type: 'object',
        title: 'Traits',
        description: 'Fields of the profile, by name. Null and empty mean "not said".',
      },
    },
    required: ['identities'],
    additionalProperties: false,
  },
};
