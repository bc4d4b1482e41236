/** Texts of mails by locale and key. */
export { defaultLocale } from './locale-chain.ts';
export { stringsModel, stringsSchema } from './strings.schema.ts';
export { Strings, type StringsSummary, type StringsView } from './strings.ts';
export { StringsController } from './strings.controller.ts';
