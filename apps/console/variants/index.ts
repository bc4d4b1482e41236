/** Which different mails a template makes, shown by real people. */
export { outcomeText } from './outcome-text.ts';
export { useVariants, type VariantsState } from './use-variants.ts';
export { VariantsPanel } from './variants-panel.tsx';
