import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ProfilesModule } from '#profiles';
import {
  blockModel,
  Blocks,
  blockSchema,
  BlocksController,
  BlockStore,
  blockVersionModel,
  blockVersionSchema,
  UsedBlocks,
} from './blocks/index.ts';
import { Composer, Preparer } from './compose/index.ts';
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
} from './feeds/index.ts';
import { MappingTemplates } from './mappings/index.ts';
import {
  BrowserErrors,
  ComparePreviewsController,
  PreviewController,
  previewModel,
  PreviewPageController,
  previewSchema,
  PreviewService,
  PreviewStore,
} from './preview/index.ts';
import { Sandbox } from './sandbox/index.ts';
import { Strings, StringsController, stringsModel, stringsSchema } from './strings/index.ts';
import {
  templateModel,
  Templates,
  templateSchema,
  TemplatesController,
  TemplateStore,
  templateVersionModel,
  templateVersionSchema,
} from './templates/index.ts';

/** Templates and previews. The processes that render end with the app. */
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
      { name: stringsModel, schema: stringsSchema },
      { name: previewModel, schema: previewSchema },
    ]),
  ],
  controllers: [
    TemplatesController,
    BlocksController,
    StringsController,
    FeedsController,
    PreviewController,
    ComparePreviewsController,
    PreviewPageController,
  ],
  providers: [
    { provide: Sandbox, useFactory: () => new Sandbox() },
    Blocks,
    BlockStore,
    BrowserErrors,
    Composer,
    FeedFetcher,
    FeedHeaders,
    Feeds,
    FeedStore,
    MappingTemplates,
    Preparer,
    PreviewService,
    PreviewStore,
    Strings,
    Templates,
    TemplateStore,
    UsedBlocks,
  ],
  exports: [Blocks, Composer, Feeds, MappingTemplates, Preparer, PreviewService, PreviewStore, Strings, Templates],
})
export class ContentModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly sandbox: Sandbox) {}

  onApplicationBootstrap(): void {
    this.sandbox.warmUp();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sandbox.close();
  }
}
