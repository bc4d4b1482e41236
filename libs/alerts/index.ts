/** Alerts: rules over syncs and triggers, messages to webhooks, mail and chat. */
export { AlertsModule } from './alerts.module.ts';
export { WebhookChannelConfig } from './channels/types/index.ts';
export { WatchedTriggers, type SurveyedTrigger, type TriggerSurvey } from './triggers/index.ts';
export { postSigned } from './delivery/webhook-sender.ts';
