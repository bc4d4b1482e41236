export { SegmentEndpoints } from './segment-endpoints.ts';
