import { inboxLaneSchema } from '#collect';

export const deliveryLaneModel = 'WebhookLane';

export const deliveryLaneSchema = inboxLaneSchema.clone();
deliveryLaneSchema.set('collection', 'webhook_lanes');
