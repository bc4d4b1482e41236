/** Templates: drafts and published versions. */
export { templateModel, templateSchema, type StoredTemplate } from './template.schema.ts';
export { templateVersionModel, templateVersionSchema, type StoredTemplateVersion } from './template-version.schema.ts';
export { TemplateStore } from './template-store.ts';
export type { ChosenTemplate, GivenTemplate } from './chosen-template.ts';
export { TemplateTraits, type TemplateUse } from './template-traits.ts';
export type { NewTemplate } from './new-template.ts';
export { TemplateFindings } from './template-findings.ts';
export { Templates } from './templates.ts';
export { TemplateLimits, type TemplateLimitsView } from './template-limits.ts';
export { TemplateVersions } from './template-versions.ts';
export { TemplateUsage } from './template-usage.ts';
export { UsesFollower } from './uses-follower.ts';
export { TemplatesController } from './templates.controller.ts';
export { PutTemplateDto } from './template.dto.ts';
export { GivenTemplateDto } from './given-template.dto.ts';
export { refPattern, TemplateRef } from './template-ref.ts';
export type { TemplateVersionView, TemplateView } from './template-view.ts';
export { WarningDto } from './warning.dto.ts';
