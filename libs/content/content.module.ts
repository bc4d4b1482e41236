import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ProfilesModule } from '#profiles';
import { Composer } from './compose/index.ts';
import { Differences, DifferencesController } from './differences/index.ts';
import { Impact, ImpactController, Removal, TemplateUses } from './impact/index.ts';
import { Linter, NamesInStore } from './lint/index.ts';
import { LintController, LintService } from './lint/http/index.ts';
import { MappingTemplates } from './mappings/index.ts';
import {
  BrowserErrors,
  PreviewController,
  previewModel,
  PreviewPageController,
  previewSchema,
  PreviewService,
  PreviewStore,
} from './preview/index.ts';
import { Sandbox } from './sandbox/index.ts';
import { Studies, studyModel, StudyPeople, studySchema } from './studies/index.ts';
import {
  templateModel,
  Templates,
  templateSchema,
  TemplatesController,
  TemplateStore,
  templateVersionModel,
  templateVersionSchema,
} from './templates/index.ts';
import { Variants, VariantsController } from './variants/index.ts';

/** Templates, previews, and what is to be known of both. The processes that render end with the app. */
@Module({
  imports: [
    ProfilesModule,
    MongooseModule.forFeature([
      { name: templateModel, schema: templateSchema },
      { name: templateVersionModel, schema: templateVersionSchema },
      { name: previewModel, schema: previewSchema },
      { name: studyModel, schema: studySchema },
    ]),
  ],
  controllers: [
    TemplatesController,
    LintController,
    ImpactController,
    VariantsController,
    DifferencesController,
    PreviewController,
    PreviewPageController,
  ],
  providers: [
    { provide: Sandbox, useFactory: () => new Sandbox() },
    BrowserErrors,
    Composer,
    Impact,
    Linter,
    LintService,
    NamesInStore,
    MappingTemplates,
    PreviewService,
    PreviewStore,
    Removal,
    Studies,
    StudyPeople,
    Templates,
    TemplateStore,
    TemplateUses,
    Variants,
    Differences,
  ],
  exports: [Composer, Impact, MappingTemplates, Removal, PreviewService, Templates],
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
