/** Templates for other mail platforms. */
export { Translations, type Translation } from './translations.ts';
export { TranslationsController } from './translations.controller.ts';
