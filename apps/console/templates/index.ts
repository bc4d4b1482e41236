/** The templates: found, opened, begun. */
export { TemplateList } from './template-list.tsx';
