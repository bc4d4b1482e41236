import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { InboundDeliveries } from '#connections';
import { TombstonesModule } from '#tombstones';
import { DeliveriesController, Kept } from './deliveries/index.ts';
import { WebhookErasure } from './erasure.ts';
import { WebhookExport } from './people-export.ts';
import { ErasedDeliveries, KeptDeliveries } from './reading/index.ts';
import { HookEndpoint, HookMetrics, KnownHooks, Receiver, Refusals } from './receiving/index.ts';
import { Hooks, HooksController } from './registration/index.ts';
import {
  DeliveryArrivals,
  DeliveryInbox,
  deliveryLaneModel,
  deliveryLaneSchema,
  deliveryModel,
  DeliveryReader,
  deliverySchema,
  DeliveryStore,
  hookModel,
  hookSchema,
  HookStore,
} from './store/index.ts';

/** What vendors deliver to connections by webhook. */
@Module({
  imports: [
    TombstonesModule,
    MongooseModule.forFeature([
      { name: deliveryModel, schema: deliverySchema },
      { name: deliveryLaneModel, schema: deliveryLaneSchema },
      { name: hookModel, schema: hookSchema },
    ]),
  ],
  controllers: [DeliveriesController, HooksController],
  providers: [
    DeliveryStore,
    DeliveryArrivals,
    DeliveryInbox,
    DeliveryReader,
    HookStore,
    ErasedDeliveries,
    KeptDeliveries,
    KnownHooks,
    Refusals,
    Receiver,
    HookMetrics,
    HookEndpoint,
    Hooks,
    Kept,
    WebhookErasure,
    WebhookExport,
  ],
  exports: [WebhookErasure, WebhookExport],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly inbound: InboundDeliveries,
    private readonly kept: KeptDeliveries,
  ) {}

  onModuleInit(): void {
    this.inbound.comeFrom((connection) => this.kept.of(connection));
  }
}
