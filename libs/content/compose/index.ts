/** From a template and a person to a mail. */
export type { ChosenBlock } from './chosen-block.ts';
export {
  mailParts,
  type Composed,
  type ComposedCondition,
  type ComposedToken,
  type MailPart,
  type NotSent,
  type TemplateParts,
  type Warning,
} from './composed.ts';
export { Composer, type ComposeRequest, type MailOutcomes } from './composer.ts';
export type { ComposeOptions } from './occasion.ts';
export type { ComposedMail, Outcome } from './outcome.ts';
export { CONTENT_SOURCE, StoredContent, type ContentSource } from './content-source.ts';
export { contextOf, reservedNames, type TemplateContext } from './context.ts';
export { insertBehindTag } from '../mail-text/index.ts';
export { MailCounter, type CountedMail } from './mail-counter.ts';
export type { MailRow } from './mail-row.ts';
export { mayReadTrait, needsOf, type Needs } from './needs.ts';
export { mailHash, type HashedMail } from './mail-hash.ts';
export { writtenParts, type MailTemplate } from './mail-template.ts';
export { hypotheticalId, type Origin } from './origin.ts';
export { Preparer, type PreparedMail } from './preparer.ts';
export type { Recipient } from './recipient.ts';
export { writtenPlace } from './written-place.ts';
export { gmailLimit, typographicQuotes } from './warnings.ts';
