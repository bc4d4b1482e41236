import { defineConnector, type AnyConnector, type Stream } from '@millrace/sdk';
import type { ConsentWriter, StoredConsent } from '../consents/index.ts';
import type { EventWriter } from '../events/index.ts';
import type { Membership } from '../membership/index.ts';
import type { OrderWriter } from '../orders/index.ts';
import type { ProductWriter } from '../products/index.ts';
import type { Collection } from '../store/index.ts';
import type { ProfileWriter } from '../writer/index.ts';
import { audienceChangesStream } from './audience-changes-stream.ts';
import { audienceStream } from './audience-stream.ts';
import { consentObject } from './consent-object.ts';
import { consentStream } from './consent-stream.ts';
import { eventObject } from './event-object.ts';
import { orderObject } from './order-object.ts';
import { productObject } from './product-object.ts';
import { profileObject } from './profile-object.ts';
import { profileStream, type ProfileStreamParts } from './profile-stream.ts';

export interface ProfilesConnectorParts extends ProfileStreamParts {
  membership: Membership;
  stored: { consents: Collection<StoredConsent> };
  profiles: ProfileWriter;
  orders: OrderWriter;
  events: EventWriter;
  products: ProductWriter;
  consents: ConsentWriter;
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
    source: { streams: () => profileStreams(parts) },
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

async function profileStreams(parts: ProfilesConnectorParts): Promise<Record<string, Stream>> {
  const audiences = await parts.definitions.audiences.find({}, { sort: { _id: 1 } }).toArray();
  return {
    profile: profileStream(parts),
    consent: consentStream(parts.stored.consents),
    'audience-changes': audienceChangesStream(parts),
    ...Object.fromEntries(audiences.map((one) => [`audience:${one._id}`, audienceStream(parts, one)])),
  };
}
