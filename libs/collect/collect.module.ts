import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { Tombstones, TombstonesModule } from '#tombstones';
import { CollectedErasure } from './erasure.ts';
import { CollectedExport } from './people-export.ts';
import { Collector } from './collector/index.ts';
import { collectConnector } from './connector/index.ts';
import { SegmentEndpoints } from './http/index.ts';
import {
  Arrivals,
  Inbox,
  inboxItemModel,
  inboxItemSchema,
  inboxLaneModel,
  inboxLaneSchema,
  InboxReader,
  InboxStore,
} from './inbox/index.ts';
import { PushedEvents } from './live/index.ts';
import { EventsController, WriteKeyGuard } from './server-events/index.ts';
import {
  EventSchemas,
  eventSchemaModel,
  EventSchemasController,
  eventSchemaSchema,
  TrackingPlan,
} from './tracking-plan/index.ts';
import { CollectedPeople, collectedPersonModel, collectedPersonSchema, KeptSaid } from './people/index.ts';
import { KnownWriteKeys, sourceModel, Sources, SourcesController, sourceSchema } from './sources/index.ts';

/** What arrives by itself. Registers the connector `collect` with the catalogue. */
@Module({
  imports: [
    TombstonesModule,
    MongooseModule.forFeature([
      { name: inboxItemModel, schema: inboxItemSchema },
      { name: inboxLaneModel, schema: inboxLaneSchema },
      { name: collectedPersonModel, schema: collectedPersonSchema },
      { name: eventSchemaModel, schema: eventSchemaSchema },
      { name: sourceModel, schema: sourceSchema },
    ]),
  ],
  controllers: [SourcesController, EventsController, EventSchemasController],
  providers: [
    InboxStore,
    Arrivals,
    Inbox,
    InboxReader,
    KeptSaid,
    CollectedPeople,
    Sources,
    KnownWriteKeys,
    EventSchemas,
    TrackingPlan,
    WriteKeyGuard,
    Collector,
    SegmentEndpoints,
    PushedEvents,
    CollectedErasure,
    CollectedExport,
  ],
  exports: [Sources, Collector, PushedEvents, CollectedPeople, CollectedErasure, CollectedExport],
})
export class CollectModule implements OnModuleInit {
  constructor(
    private readonly catalog: Catalog,
    private readonly store: InboxStore,
    private readonly reader: InboxReader,
    private readonly people: CollectedPeople,
    private readonly tombstones: Tombstones,
  ) {}

  onModuleInit(): void {
    const { store, reader, people, tombstones } = this;
    this.catalog.register(collectConnector({ store, reader, people, tombstones }), 'libs/collect', { internal: true });
  }
}
