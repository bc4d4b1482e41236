export { IdentityPolicyController } from './identity-policy.controller.ts';
export { profileSettingModel, profileSettingSchema, type StoredProfileSetting } from './profile-setting.schema.ts';
export { priorityFrom, type ProfileRules, type SourcePriorities } from './profile-rules.ts';
export { ProfileSettings, settingsLag } from './profile-settings.ts';
export type { Revision } from './versioned-setting.ts';
