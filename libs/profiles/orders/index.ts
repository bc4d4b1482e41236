export { foldOrder, orderIndex } from './fold-order.ts';
export { orderDeletionModel, orderDeletionSchema, type OrderDeletion } from './order-deletion.schema.ts';
export { OrderDeletions } from './order-deletions.ts';
export { OrderWriter } from './order-writer.ts';
export { orderModel, orderSchema, type StoredOrder } from './order.schema.ts';
export { readOrder, type OrderRow } from './read-order.ts';
