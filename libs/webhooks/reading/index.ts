export { KeptDeliveries } from './kept-deliveries.ts';
