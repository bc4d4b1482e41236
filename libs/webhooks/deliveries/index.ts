export { DeliveriesController } from './deliveries.controller.ts';
export { Kept } from './kept.ts';
