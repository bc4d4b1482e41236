/** Alerts: rules over syncs, messages to webhooks, mail and chat. */
export { AlertsModule } from './alerts.module.ts';
