export { bodyHash, deliveryId } from './delivery-id.ts';
export { eachOfList } from './each-of-list.ts';
export { jsonOf, objectOf, rowIn, textIn } from './json-of.ts';
export { readDelivery, type DeliveryReading, type ReadDelivery } from './read-delivery.ts';
export { webhookStreams, type WebhookStream } from './webhook-streams.ts';
export { signingSecretOf } from './signing-secret-of.ts';
