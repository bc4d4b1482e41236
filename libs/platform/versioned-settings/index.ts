/** Settings that people change at run time, of which every revision is kept. */
export { settingSchema, type StoredSetting } from './setting.schema.ts';
export { VersionedSetting, type Revision } from './versioned-setting.ts';
