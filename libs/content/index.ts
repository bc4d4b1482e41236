/** Mails: templates, one way to compose them, previews; and rendering of untrusted templates in processes of their own. */
export { Blocks, type BlockVersion, type BlockView, type NewBlock } from './blocks/index.ts';
export {
  Composer,
  Preparer,
  type ChosenBlock,
  type Composed,
  type ComposedMail,
  type ComposedToken,
  type ComposeOptions,
  type ComposeRequest,
  type MailTemplate,
  type NotSent,
  type Origin,
  type Outcome,
  type Recipient,
  type TemplateParts,
  type Warning,
} from './compose/index.ts';
export { ContentModule } from './content.module.ts';
export { linesOf } from './differences/index.ts';
export { Feeds, type FeedContent, type NewFeed } from './feeds/index.ts';
export { helperReference, type HelperReference } from './helpers/index.ts';
export { describeTemplates, Impact, Mentions, Removal, type AffectedTemplate } from './impact/index.ts';
export { SUPPLIES, useOfTarget, type Supplies, type Supply } from './uses/index.ts';
export { MappingTemplates } from './mappings/index.ts';
export {
  CONNECTION_NAMES,
  PreviewService,
  PreviewStore,
  type ConnectionNames,
  type Preview,
  type PreviewRequest,
} from './preview/index.ts';
export { OfflineMails, type GivenContent } from './offline/index.ts';
export { PreflightExamples, PreflightGate, type GateVerdict } from './preflight/index.ts';
export { Sandbox, type SandboxOptions } from './sandbox/index.ts';
export {
  Templates,
  TemplateTraits,
  type NewTemplate,
  type TemplateUse,
  type TemplateVersionView,
  type TemplateView,
} from './templates/index.ts';
export { Shares, type ShareView } from './shares/index.ts';
export { TestSends, type TestSendView } from './test-sends/index.ts';
export { UNSUBSCRIBE_LINKS, type UnsubscribeLinksFor } from './unsubscribe-links.ts';
export { Strings } from './strings/index.ts';
