import { settingSchema } from '#platform';

export const contentSettingModel = 'ContentSetting';

export const contentSettingSchema = settingSchema('content_settings');
