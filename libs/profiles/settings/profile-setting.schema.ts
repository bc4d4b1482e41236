import { settingSchema } from '#platform';

export const profileSettingModel = 'ProfileSetting';

export const profileSettingSchema = settingSchema('profile_settings');
