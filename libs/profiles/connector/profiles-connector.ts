import { defineConnector, type AnyConnector, type Stream } from '@millrace/sdk';
import type { StoredConsent } from '../consents/index.ts';
import type { Collection } from '../store/index.ts';
import { audienceChangesStream } from './audience-changes-stream.ts';
import { audienceStream, type AudienceStreamParts } from './audience-stream.ts';
import { consentStream } from './consent-stream.ts';
import { profileStream } from './profile-stream.ts';
import { storeObjects, type StoreWriters } from './store-objects.ts';

export interface ProfilesConnectorParts extends AudienceStreamParts, StoreWriters {
  stored: { consents: Collection<StoredConsent> };
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
      objects: storeObjects(parts),
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
