export { foldOrder, orderIndex } from './fold-order.ts';
export { OrderWriter } from './order-writer.ts';
export { orderModel, orderSchema, type StoredOrder } from './order.schema.ts';
export { readOrder, type OrderRow } from './read-order.ts';
