export { loadSettings } from './load-settings.ts';
export { ensureMasterKey } from './master-key.ts';
export { nearestName } from './nearest-name.ts';
export { settingsMarkdown } from './settings-markdown.ts';
export { Settings, type LogLevel, type ProcessKind } from './settings.ts';
export { trackingAddress } from './tracking-address.ts';
