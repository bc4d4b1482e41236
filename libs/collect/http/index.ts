export { Admission } from './admission.ts';
export { bytesOf } from './read-body.ts';
export { segmentPaths } from './segment-paths.ts';
export { SegmentEndpoints } from './segment-endpoints.ts';
