import type { DestinationObject } from '@millrace/sdk';
import { readConsents, type ConsentWriter } from '../consents/index.ts';
import { readEvent, type EventWriter } from '../events/index.ts';
import { readOrder, type OrderWriter } from '../orders/index.ts';
import { readProduct, type ProductWriter } from '../products/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';
import type { ProfileWriter } from '../writer/index.ts';
import { profileObject } from './profile-object.ts';
import { storeObject } from './store-object.ts';

export interface StoreWriters {
  profiles: ProfileWriter;
  orders: OrderWriter;
  events: EventWriter;
  products: ProductWriter;
  consents: ConsentWriter;
  sensitive: SensitiveTraits;
  settings: ProfileSettings;
}

/** What can be written to the profile store, by name. */
export function storeObjects(writers: StoreWriters): Record<string, DestinationObject> {
  const { profiles, orders, events, products, consents, sensitive, settings } = writers;
  return {
    profile: profileObject(profiles, sensitive, settings),
    order: storeObject({ kind: 'order', key: 'id', read: readOrder, writer: orders }, settings),
    event: storeObject({ kind: 'event', read: readEvent, writer: events }, settings),
    product: storeObject({ kind: 'product', key: 'id', read: readProduct, writer: products }, settings),
    consent: storeObject({ kind: 'consent', read: readConsents, writer: consents }, settings),
  };
}
