export { bodyHash, deliveryId } from './delivery-id.ts';
export { eachOfList } from './each-of-list.ts';
export { jsonOf, objectOf } from './json-of.ts';
export { readDelivery, type ReadDelivery } from './read-delivery.ts';
export { webhookStreams, type WebhookStream } from './webhook-streams.ts';
