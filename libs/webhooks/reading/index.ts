export { ErasedDeliveries } from './erased-deliveries.ts';
export { KeptDeliveries } from './kept-deliveries.ts';
