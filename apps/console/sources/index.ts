/** Where what is known of people comes from, as people call it. */
export { identityText } from './identity-text.ts';
export { SourceName } from './source-name.tsx';
export { useSources, type SourceOf } from './use-sources.ts';
