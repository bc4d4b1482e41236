import type { JsonSchema } from '../json.ts';

/** Who a row is about; in every object's schema. */
export const identitiesSchema: JsonSchema = {
  type: 'object',
  title: 'Identities',
  description:
    'Keys that name the person: email, phone, user, anonymous, $source (the id in the connection itself), or a kind of your own such as customer_id.',
  properties: {
    $source: { title: 'Id in this connection', examples: [17] },
    email: { title: 'E-mail address', examples: ['ann@example.com'] },
    phone: { title: 'Telephone', examples: ['+442012345678'] },
    user: { title: 'User id' },
    anonymous: { title: 'Anonymous id' },
  },
  additionalProperties: true,
};

export const timeSchema: JsonSchema = {
  type: ['string', 'null'],
  format: 'date-time',
  examples: ['2025-03-01T09:00:00Z'],
};

/** Further fields, under names of one's own. */
export const propertiesSchema: JsonSchema = {
  type: 'object',
  title: 'Properties',
  description: 'Further fields, by name.',
  additionalProperties: true,
};
