/** Templates in the words of other mail platforms. What is here runs in the sandbox's child, and knows nothing of Nest. */
export { dialects } from './dialects/index.ts';
export type { TranslatedField } from './fields.ts';
export { PartTranslation, type Untranslated } from './translate-part.ts';
export { vendors, type Vendor } from './vendor.ts';
