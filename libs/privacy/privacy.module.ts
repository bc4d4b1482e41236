import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlertsModule, WatchedRequests } from '#alerts';
import { ConnectionsModule } from '#connections';
import { ContentModule } from '#content';
import { CollectModule } from '#collect';
import { LandingModule } from '#landing';
import { ProfilesModule } from '#profiles';
import { SyncModule } from '#sync';
import { TombstonesModule } from '#tombstones';
import { TriggersModule } from '#triggers';
import { WebhooksModule } from '#webhooks';
import { ChoicesController } from './consents/choices.controller.ts';
import { exportChunkModel, exportChunkSchema, ExportStore } from './exports/index.ts';
import { ExportsController } from './exports/exports.controller.ts';
import { KnownElsewhere, PersonData, ProfileKeys } from './person/index.ts';
import {
  DueSurvey,
  NamedPeople,
  privacyRequestModel,
  privacyRequestSchema,
  RequestDryRun,
  Requests,
  RequestsController,
  RequestStore,
  RequestWorker,
  stepProviders,
} from './requests/index.ts';
import {
  OldDocuments,
  RetentionController,
  RetentionPolicies,
  retentionPolicyModel,
  retentionPolicySchema,
  retentionSweepModel,
  retentionSweepSchema,
  RetentionSweeper,
} from './retention/index.ts';
import {
  LinkErrors,
  LinkRequests,
  Preferences,
  PreferencesController,
  UnsubscribeLinkController,
  UnsubscribeLinks,
} from './unsubscribe/index.ts';

/** What people may ask of whoever keeps their data. */
@Module({
  imports: [
    AlertsModule,
    TombstonesModule,
    ProfilesModule,
    LandingModule,
    CollectModule,
    WebhooksModule,
    ConnectionsModule,
    ContentModule,
    SyncModule,
    TriggersModule,
    MongooseModule.forFeature([
      { name: privacyRequestModel, schema: privacyRequestSchema },
      { name: exportChunkModel, schema: exportChunkSchema },
      { name: retentionPolicyModel, schema: retentionPolicySchema },
      { name: retentionSweepModel, schema: retentionSweepSchema },
    ]),
  ],
  controllers: [
    ...[ChoicesController, PreferencesController, UnsubscribeLinkController],
    ...[RequestsController, ExportsController, RetentionController],
  ],
  providers: [
    ...[LinkErrors, LinkRequests, Preferences, UnsubscribeLinks],
    ...[ExportStore, Requests, RequestStore, RequestWorker, RequestDryRun, NamedPeople, DueSurvey],
    ...[PersonData, KnownElsewhere, ProfileKeys],
    ...[OldDocuments, RetentionPolicies, RetentionSweeper],
    ...stepProviders,
  ],
  exports: [UnsubscribeLinks, Requests],
})
export class PrivacyModule implements OnModuleInit {
  constructor(
    private readonly watched: WatchedRequests,
    private readonly survey: DueSurvey,
  ) {}

  onModuleInit(): void {
    this.watched.watch(this.survey);
  }
}
