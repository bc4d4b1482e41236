/** Alerts: what is wrong with a sync, who deals with it, and whether anybody is told. */
export { SyncAlerts } from './sync-alerts.tsx';
