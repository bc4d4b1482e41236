export { MappingTemplates } from './mapping-templates.ts';
