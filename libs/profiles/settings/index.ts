export { BuiltInSources } from './built-in-sources.ts';
export { IdentityPolicyController } from './identity-policy.controller.ts';
export { profileSettingModel, profileSettingSchema } from './profile-setting.schema.ts';
export { priorityFrom, type ProfileRules, type SourcePriorities } from './profile-rules.ts';
export { ProfileSettings, settingsLag } from './profile-settings.ts';
export { settled } from './settled.ts';
