/** From a template and a person to a mail. */
export type { Composed, ComposedCondition, ComposedToken, MailPart, TemplateParts, Warning } from './composed.ts';
export { Composer, type ComposeRequest } from './composer.ts';
export { contextOf, reservedNames, type TemplateContext } from './context.ts';
export { escapeHtml, insertBehindTag } from './insert.ts';
export type { Origin } from './origin.ts';
export { typographicQuotes } from './warnings.ts';
