import { defineConnector, type AnyConnector } from '@millrace/sdk';
import type { ConsentWriter, StoredConsent } from '../consents/index.ts';
import type { EventWriter } from '../events/index.ts';
import type { OrderWriter } from '../orders/index.ts';
import type { ProductWriter } from '../products/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { Collection } from '../store/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';
import type { ProfileWriter } from '../writer/index.ts';
import { consentObject } from './consent-object.ts';
import { consentStream } from './consent-stream.ts';
import { eventObject } from './event-object.ts';
import { orderObject } from './order-object.ts';
import { productObject } from './product-object.ts';
import { profileObject } from './profile-object.ts';
import { profileStream, type ProfileStreamParts } from './profile-stream.ts';

export interface ProfilesConnectorParts extends ProfileStreamParts {
  stored: { consents: Collection<StoredConsent> };
  profiles: ProfileWriter;
  orders: OrderWriter;
  events: EventWriter;
  products: ProductWriter;
  consents: ConsentWriter;
  sensitive: SensitiveTraits;
}

/** The profile store as a connector: so one engine serves source → profiles and profiles → destination alike. */
export function profilesConnector(parts: ProfilesConnectorParts): AnyConnector {
  return defineConnector({
    id: 'profiles',
    title: 'Profiles',
    description: 'People, with their orders, events and consents, in Millrace itself.',
    version: '1.0.0',
    config: { type: 'object', properties: {}, additionalProperties: false },
    check: async () => parts.store.profiles.findOne({}, { projection: { _id: 1 } }),
    source: { streams: { profile: profileStream(parts), consent: consentStream(parts.stored.consents) } },
    destination: {
      objects: {
        profile: profileObject(parts.profiles, parts.sensitive, parts.settings),
        order: orderObject(parts.orders, parts.settings),
        event: eventObject(parts.events, parts.settings),
        product: productObject(parts.products, parts.settings),
        consent: consentObject(parts.consents, parts.settings),
      },
    },
  });
}
