import { connectorSettings } from './connector-settings.ts';
import { keySettings } from './key-settings.ts';
import { mailSettings } from './mail-settings.ts';
import { retentionSettings } from './retention-settings.ts';
import { serverSettings } from './server-settings.ts';
import { storeSettings } from './store-settings.ts';
import { watchingSettings } from './watching-settings.ts';
import { workSettings } from './work-settings.ts';
import type { SettingRow } from './setting-row.ts';

/** Every setting, once: loading, validation messages and docs/settings.md come from here. */
export const settingsTable: SettingRow[] = [
  ...storeSettings,
  ...serverSettings,
  ...workSettings,
  ...keySettings,
  ...connectorSettings,
  ...mailSettings,
  ...retentionSettings,
  ...watchingSettings,
];
