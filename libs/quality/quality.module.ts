import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConnectionsModule } from '#connections';
import { ContentModule, TemplateTraits } from '#content';
import { Audiences, ProfilesModule } from '#profiles';
import { SyncModule, SyncSurvey } from '#sync';
import { AccessReviewController } from './access-review/access-review.controller.ts';
import { AccessReviewPageController } from './access-review/access-review-page.controller.ts';
import {
  Auditor,
  auditKeyModel,
  auditKeySchema,
  auditModel,
  AuditPageController,
  auditRuleModel,
  AuditRules,
  AuditRulesController,
  auditRuleSchema,
  Audits,
  AuditsController,
  auditSchema,
  GroupKeys,
} from './audits/index.ts';
import { QualityCollections } from './collections.ts';
import { ConnectionLabels } from './connection-labels.ts';
import {
  DataMap,
  DataMapController,
  dataMapScanModel,
  DataMapScanner,
  dataMapScanSchema,
  mappedTraitModel,
  mappedTraitSchema,
} from './data-map/index.ts';
import { MigrationsController } from './migrations/migrations.controller.ts';
import { PageLinks, ReportErrors } from './pages/index.ts';
import { QualityTicker } from './quality-ticker.ts';
import { qualityScheduleModel, qualityScheduleSchema, QualitySchedules } from './schedules/index.ts';
import { audienceUses, syncUses, templateUses, TraitFeeds, TraitUsers } from './uses/index.ts';

/** Whether the stored data are good: the data map, audits, and who may do what. */
@Module({
  imports: [
    ConnectionsModule,
    ContentModule,
    ProfilesModule,
    SyncModule,
    MongooseModule.forFeature([
      { name: dataMapScanModel, schema: dataMapScanSchema },
      { name: mappedTraitModel, schema: mappedTraitSchema },
      { name: auditModel, schema: auditSchema },
      { name: auditKeyModel, schema: auditKeySchema },
      { name: auditRuleModel, schema: auditRuleSchema },
      { name: qualityScheduleModel, schema: qualityScheduleSchema },
    ]),
  ],
  controllers: [
    DataMapController,
    AuditsController,
    AuditRulesController,
    AuditPageController,
    AccessReviewController,
    AccessReviewPageController,
    MigrationsController,
  ],
  providers: [
    QualityCollections,
    ConnectionLabels,
    QualitySchedules,
    TraitFeeds,
    TraitUsers,
    DataMap,
    DataMapScanner,
    AuditRules,
    Audits,
    Auditor,
    GroupKeys,
    PageLinks,
    ReportErrors,
    QualityTicker,
  ],
  exports: [TraitUsers],
})
export class QualityModule implements OnModuleInit {
  constructor(
    private readonly users: TraitUsers,
    private readonly templateTraits: TemplateTraits,
    private readonly audiences: Audiences,
    private readonly syncs: SyncSurvey,
  ) {}

  onModuleInit(): void {
    this.users.register(templateUses(this.templateTraits));
    this.users.register(audienceUses(this.audiences));
    this.users.register(syncUses(this.syncs));
  }
}
