/** What vendors deliver by webhook: verified, kept, looked at and replayed; `ctx.deliveries` of connectors. */
export { WebhookErasure } from './erasure.ts';
export { hookPaths } from './hook-paths.ts';
export { deliveredTexts } from './marked-texts.ts';
export { WebhookExport } from './people-export.ts';
export { serveWebhooks } from './serve-webhooks.ts';
export { WebhooksModule } from './webhooks.module.ts';
