/** Mails: templates, one way to compose them, previews; and rendering of untrusted templates in processes of their own. */
export {
  Composer,
  type Composed,
  type ComposedToken,
  type ComposeRequest,
  type Origin,
  type TemplateParts,
  type Warning,
} from './compose/index.ts';
export { ContentModule } from './content.module.ts';
export { helperReference, type HelperReference } from './helpers/index.ts';
export { describeTemplates, Impact, Removal, type AffectedTemplate } from './impact/index.ts';
export { FEEDS, useOfTarget, type Feed, type Feeds } from './uses/index.ts';
export { MappingTemplates } from './mappings/index.ts';
export {
  CONNECTION_NAMES,
  PreviewService,
  type ConnectionNames,
  type Preview,
  type PreviewRequest,
} from './preview/index.ts';
export { Sandbox, type SandboxOptions } from './sandbox/index.ts';
export { Templates, type NewTemplate, type TemplateVersionView, type TemplateView } from './templates/index.ts';
