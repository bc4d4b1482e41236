/** Alerts: what is wrong with a sync, who deals with it, and whether anybody is told. */
export { AlertDeeds } from './alert-deeds.tsx';
export { quietText } from './quiet-text.ts';
export { SyncAlerts } from './sync-alerts.tsx';
export { kindText } from './words.ts';
