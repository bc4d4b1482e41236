import { Module, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { Settings } from '#platform';
import { ProfilesModule } from '#profiles';
import {
  blockModel,
  Blocks,
  blockSchema,
  BlocksController,
  BlockOutlines,
  BlockStore,
  blockVersionModel,
  blockVersionSchema,
  UsedBlocks,
} from './blocks/index.ts';
import { Composer, CONTENT_SOURCE, Preparer, StoredContent } from './compose/index.ts';
import { Differences, DifferencesController } from './differences/index.ts';
import {
  feedContentModel,
  feedContentSchema,
  FeedFetcher,
  FeedHeaders,
  feedModel,
  Feeds,
  feedSchema,
  FeedsController,
  FeedStore,
  PersonalFeeds,
  SharedFeeds,
} from './feeds/index.ts';
import { MailExportsController, MailExports, mailsConnector } from './exports/index.ts';
import {
  ContentUses,
  Impact,
  ImpactController,
  Mentions,
  Removal,
  TemplateUses,
  WrittenContent,
} from './impact/index.ts';
import { Linter, NamesInStore } from './lint/index.ts';
import { LintController, LintService } from './lint/http/index.ts';
import { MappingTemplates } from './mappings/index.ts';
import {
  exampleModel,
  exampleSchema,
  GateController,
  NotSent,
  PreflightExamples,
  PreflightGate,
  PreflightKeys,
  preflightModel,
  PreflightProgress,
  Preflights,
  PreflightsController,
  preflightSchema,
  PreflightTicker,
  PreflightViews,
  PreflightWorker,
  RenderProcesses,
} from './preflight/index.ts';
import {
  BrowserErrors,
  ComparePreviewsController,
  EdgeCases,
  PreviewController,
  previewModel,
  PreviewPageController,
  previewSchema,
  PreviewService,
  PreviewStore,
} from './preview/index.ts';
import { ContentRehearsal, ContentRehearsalController } from './rehearsal/index.ts';
import { Sandbox } from './sandbox/index.ts';
import {
  ContentSettings,
  ContentSettingsController,
  contentSettingModel,
  contentSettingSchema,
} from './settings/index.ts';
import {
  ShareErrors,
  shareModel,
  SharePageController,
  Shares,
  shareSchema,
  SharesController,
  ShareStore,
} from './shares/index.ts';
import { Studies, studyModel, StudyPeople, studySchema } from './studies/index.ts';
import { Strings, StringsController, stringsModel, stringsSchema } from './strings/index.ts';
import {
  TemplateFindings,
  templateModel,
  Templates,
  templateSchema,
  TemplatesController,
  TemplateStore,
  TemplateTraits,
  TemplateUsage,
  templateVersionModel,
  TemplateLimits,
  TemplateVersions,
  templateVersionSchema,
  UsesFollower,
} from './templates/index.ts';
import {
  AllowedRecipients,
  testSendModel,
  TestSends,
  testSendSchema,
  TestSendsController,
  TestSendStore,
} from './test-sends/index.ts';
import { Translations, TranslationsController } from './translations/index.ts';
import { Variants, VariantsController } from './variants/index.ts';

/** Templates, previews, and what is to be known of both. The processes that render end with the app. */
@Module({
  imports: [
    ProfilesModule,
    MongooseModule.forFeature([
      { name: templateModel, schema: templateSchema },
      { name: templateVersionModel, schema: templateVersionSchema },
      { name: blockModel, schema: blockSchema },
      { name: blockVersionModel, schema: blockVersionSchema },
      { name: feedModel, schema: feedSchema },
      { name: feedContentModel, schema: feedContentSchema },
      { name: contentSettingModel, schema: contentSettingSchema },
      { name: stringsModel, schema: stringsSchema },
      { name: previewModel, schema: previewSchema },
      { name: studyModel, schema: studySchema },
      { name: shareModel, schema: shareSchema },
      { name: testSendModel, schema: testSendSchema },
      { name: preflightModel, schema: preflightSchema },
      { name: exampleModel, schema: exampleSchema },
    ]),
  ],
  controllers: [
    TemplatesController,
    PreflightsController,
    GateController,
    LintController,
    ImpactController,
    VariantsController,
    DifferencesController,
    BlocksController,
    StringsController,
    ContentSettingsController,
    ContentRehearsalController,
    FeedsController,
    PreviewController,
    ComparePreviewsController,
    PreviewPageController,
    TestSendsController,
    SharesController,
    SharePageController,
    TranslationsController,
    MailExportsController,
  ],
  providers: [
    {
      provide: Sandbox,
      inject: [Settings],
      useFactory: ({ templateHmacSecret }: Settings) => new Sandbox({ hmacSecret: templateHmacSecret }),
    },
    BlockOutlines,
    Blocks,
    BlockStore,
    BrowserErrors,
    Composer,
    { provide: CONTENT_SOURCE, useClass: StoredContent },
    ContentRehearsal,
    ContentSettings,
    ContentUses,
    EdgeCases,
    Impact,
    Linter,
    LintService,
    NamesInStore,
    FeedFetcher,
    FeedHeaders,
    Feeds,
    FeedStore,
    MappingTemplates,
    Mentions,
    PersonalFeeds,
    SharedFeeds,
    NotSent,
    PreflightExamples,
    PreflightGate,
    PreflightKeys,
    PreflightProgress,
    Preflights,
    PreflightTicker,
    PreflightViews,
    PreflightWorker,
    RenderProcesses,
    Preparer,
    PreviewService,
    PreviewStore,
    Removal,
    Studies,
    StudyPeople,
    Strings,
    ...[Templates, TemplateFindings, TemplateLimits, TemplateStore, TemplateTraits, TemplateUsage, TemplateUses],
    TemplateVersions,
    UsesFollower,
    UsedBlocks,
    Variants,
    WrittenContent,
    Differences,
    ...[AllowedRecipients, TestSends, TestSendStore],
    ...[ShareErrors, Shares, ShareStore],
    Translations,
    MailExports,
  ],
  exports: [
    Blocks,
    Composer,
    Feeds,
    Impact,
    MappingTemplates,
    Mentions,
    PreflightExamples,
    PreflightGate,
    Preparer,
    PreviewService,
    PreviewStore,
    Removal,
    Shares,
    Strings,
    Templates,
    TemplateTraits,
    TestSends,
  ],
})
export class ContentModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly catalog: Catalog,
    private readonly exports: MailExports,
  ) {}

  onModuleInit(): void {
    this.catalog.register(mailsConnector(this.exports), 'libs/content');
  }

  onApplicationBootstrap(): void {
    this.sandbox.warmUp();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sandbox.close();
  }
}
