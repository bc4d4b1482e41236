import { defineConnector, type AnyConnector } from '@millrace/sdk';
import type { InboxReader, InboxStore } from '../inbox/index.ts';
import type { CollectedPeople } from '../people/index.ts';
import type { Tombstones } from '#tombstones';
import { ErasedMessages } from './erased-messages.ts';
import { eventsStream } from './events-stream.ts';

export interface CollectConnectorParts {
  store: InboxStore;
  reader: InboxReader;
  people: CollectedPeople;
  tombstones: Tombstones;
}

/** What was collected, as a connector: syncs read the inbox as they read any endless stream. */
export function collectConnector({ store, reader, people, tombstones }: CollectConnectorParts): AnyConnector {
  return defineConnector({
    id: 'collect',
    title: 'Collected events',
    description: 'What web sites, apps and servers send to Millrace, as it arrives.',
    version: '1.0.0',
    config: { type: 'object', properties: {}, additionalProperties: false },
    check: async () => store.lanes.findOne({}, { projection: { _id: 1 } }),
    source: { streams: { events: eventsStream(reader, { people, erased: new ErasedMessages(tombstones, store) }) } },
  });
}
