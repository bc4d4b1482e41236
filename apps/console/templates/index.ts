/** The templates: found, opened, begun. */
export { useListSearch, type ListSearch } from './use-list-search.ts';
export { TemplateList } from './template-list.tsx';
