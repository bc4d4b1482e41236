import type { Vendor } from '../../translate/index.ts';
import type { Data, Engine } from './engines.ts';
import { djangoEngine, handlebarsEngine, liquidEngine } from './engines.ts';

export interface Asked {
  engine: Engine;
  /** What our names are called there. */
  fields: Record<string, string>;
  /** A person as that vendor has it. */
  data: (traits: Data, orders: Data[]) => Data;
}

/** SendGrid, "Using Handlebars": all there is. */
const ofSendGrid = new Set(
  'if unless each equals notEquals greaterThan lessThan and or length insert formatDate'.split(' '),
);

const flat = (traits: Data, orders: Data[]): Data => ({ ...traits, orders });

/** Who renders for whom. Mailchimp's engine is not to be had. */
export const asked: Record<Exclude<Vendor, 'mailchimp'>, Asked> = {
  sendgrid: { engine: handlebarsEngine((name) => ofSendGrid.has(name)), fields: {}, data: flat },
  iterable: {
    engine: handlebarsEngine((_, dialect) => dialect === undefined || dialect === 'Iterable'),
    fields: {},
    data: flat,
  },
  klaviyo: {
    engine: djangoEngine,
    fields: { orders: 'event.orders' },
    data: ({ firstName, lastName, ...traits }, orders) => ({
      person: { first_name: firstName ?? '', last_name: lastName ?? '', ...traits },
      event: { orders },
    }),
  },
  braze: {
    engine: liquidEngine,
    fields: {},
    data: ({ firstName, lastName, city, ...traits }, orders) => ({
      user: { first_name: firstName, last_name: lastName, city },
      custom_attribute: { ...traits, orders },
    }),
  },
};
