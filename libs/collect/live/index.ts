export { PushedEvents, type PushedBatch } from './pushed-events.ts';
