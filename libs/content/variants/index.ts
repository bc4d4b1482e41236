/** Which different mails a template makes, shown by real people. */
export { Variants, type Variant, type VariantGrid } from './variants.ts';
export { VariantsController } from './variants.controller.ts';
