/** What breaks when something that feeds templates goes or changes. */
export { ContentUses } from './content-uses.ts';
export { Impact, type AffectedTemplate, type ImpactQuestion } from './impact.ts';
export { ImpactController } from './impact.controller.ts';
export { Mentions } from './mentions.ts';
export { describeTemplates, Removal } from './removal.ts';
export { TemplateUses } from './template-uses.ts';
export { WrittenContent } from './written-content.ts';
