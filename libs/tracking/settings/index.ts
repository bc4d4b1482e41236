export { DeclaredHosts } from './declared-hosts.ts';
export { TrackingSettingsController } from './tracking-settings.controller.ts';
export {
  trackingSettingsModel,
  trackingSettingsSchema,
  type StoredTrackingSettings,
} from './tracking-settings.schema.ts';
export { TrackingSettings, type TrackingSettingsView } from './tracking-settings.ts';
