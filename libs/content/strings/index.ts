/** Texts of mails by locale and key. */
export { canonicalLocale } from './canonical-locale.ts';
export { localeChain } from './locale-chain.ts';
export { stringsModel, stringsSchema } from './strings.schema.ts';
export { Strings, type StringsSummary, type StringsView } from './strings.ts';
export { StringsController } from './strings.controller.ts';
export { textsFrom, type FoundTexts, type Table, type Texts } from './texts.ts';
