import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlertsModule, WatchedTriggers } from '#alerts';
import { ConnectionsModule } from '#connections';
import { Causes, ProfilesModule } from '#profiles';
import { SyncModule } from '#sync';
import {
  Actions,
  ClockCorrection,
  Dispatcher,
  DispatchTicker,
  FiringWorker,
  Gate,
  KeptPayloads,
  PersonRecords,
} from './dispatch/index.ts';
import { FiringErasure } from './erasure.ts';
import { Firings } from './firings.ts';
import { FiringsController } from './http/firings.controller.ts';
import { TriggerPresetsController } from './http/presets.controller.ts';
import { TriggersController } from './http/triggers.controller.ts';
import {
  coolDownModel,
  coolDownSchema,
  firingCountModel,
  FiringCounts,
  firingCountSchema,
  firingModel,
  firingSchema,
  TriggerCollections,
  TriggerHealths,
  triggerModel,
  triggerSchema,
  TriggerSecrets,
} from './store/index.ts';
import { RemovalGuards, TriggerUses } from './removal/index.ts';
import { Survey } from './survey.ts';
import { SyncRenames } from './sync-renames.ts';
import { TriggerTest } from './trigger-test.ts';
import { Triggers } from './triggers.ts';
import { KnownTriggers, TriggerWatch } from './watch/index.ts';

/** What follows from what people do. */
@Module({
  imports: [
    AlertsModule,
    ConnectionsModule,
    ProfilesModule,
    SyncModule,
    MongooseModule.forFeature([
      { name: triggerModel, schema: triggerSchema },
      { name: firingModel, schema: firingSchema },
      { name: coolDownModel, schema: coolDownSchema },
      { name: firingCountModel, schema: firingCountSchema },
    ]),
  ],
  controllers: [TriggerPresetsController, TriggersController, FiringsController],
  providers: [
    ...[TriggerCollections, TriggerSecrets, TriggerHealths, FiringCounts],
    ...[KnownTriggers, TriggerWatch],
    ...[PersonRecords, Gate, KeptPayloads, Actions, FiringWorker, ClockCorrection, Dispatcher, DispatchTicker],
    ...[Triggers, Firings, TriggerTest, FiringErasure, Survey, TriggerUses, RemovalGuards, SyncRenames],
  ],
  exports: [FiringErasure, TriggerUses],
})
export class TriggersModule implements OnModuleInit {
  constructor(
    private readonly causes: Causes,
    private readonly watch: TriggerWatch,
    private readonly watched: WatchedTriggers,
    private readonly survey: Survey,
  ) {}

  onModuleInit(): void {
    this.causes.watch(this.watch);
    this.watched.watch(this.survey);
  }
}
