/** Which different mails a template makes, shown by real people. */
export { outcomeView, possibleBranches, type OutcomeView } from './outcome-view.ts';
export { Variants, type Variant, type VariantGrid } from './variants.ts';
export { VariantsController } from './variants.controller.ts';
export { OutcomeDto } from './variants.dto.ts';
