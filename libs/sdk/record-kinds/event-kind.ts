import type { RecordKind } from './record-kind.ts';
import { identitiesSchema, propertiesSchema, timeSchema } from './shared-fields.ts';

export const eventKind: RecordKind = {
  title: 'Event',
  description: 'Something that a person did: a visit, a click, a call. The same event again changes nothing.',
  version: 1,
  schema: {
    type: 'object',
    properties: {
      id: { title: 'Event id', description: 'Recognises a repeat; without it, equal content is the same event.' },
      name: { title: 'Name', examples: ['Product Viewed'] },
      at: { ...timeSchema, title: 'Time of the event' },
      identities: identitiesSchema,
      properties: propertiesSchema,
    },
    required: ['name', 'identities'],
    additionalProperties: false,
  },
};
