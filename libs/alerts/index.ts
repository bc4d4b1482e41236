/** Alerts: rules over syncs, messages to webhooks, mail and chat. */
export { AlertsModule } from './alerts.module.ts';
export { WebhookChannelConfig } from './channels/types/index.ts';
export { postSigned } from './delivery/webhook-sender.ts';
