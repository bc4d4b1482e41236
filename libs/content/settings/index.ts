/** What holds for all mails, set at run time. */
export { contentSettingModel, contentSettingSchema } from './content-setting.schema.ts';
export { ContentSettings, defaultContentRules, type ContentRules } from './content-settings.ts';
export { ContentSettingsController } from './content-settings.controller.ts';
