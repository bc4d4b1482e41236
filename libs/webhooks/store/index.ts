export { DeliveryArrivals, DeliveryInbox, DeliveryReader, DeliveryStore } from './delivery-inbox.ts';
export { deliveryLaneModel, deliveryLaneSchema } from './delivery-lane.schema.ts';
export { deliveryModel, deliverySchema, type StoredDelivery } from './delivery.schema.ts';
export { HookStore } from './hook-store.ts';
export { hookModel, hookSchema, type StoredHook } from './hook.schema.ts';
export { bodyOf, packDelivery, packedIn, unpackDelivery, type PackedDelivery } from './packed-delivery.ts';
