/** Alerts: rules over syncs, triggers and requests of people, messages to webhooks, mail and chat. */
export { AlertsModule } from './alerts.module.ts';
export { channelSpecs, WebhookChannelConfig } from './channels/types/index.ts';
export { mostCounted, WatchedRequests, type DueRequests, type DueTime, type RequestSurvey } from './requests/index.ts';
export { WatchedTriggers, type SurveyedTrigger, type TriggerSurvey } from './triggers/index.ts';
export { postSigned } from './delivery/webhook-sender.ts';
