export { segmentPaths } from './segment-paths.ts';
export { SegmentEndpoints } from './segment-endpoints.ts';
