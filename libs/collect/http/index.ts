export { Admission } from './admission.ts';
export { announcedBytes, bytesOf } from './read-body.ts';
export { segmentPaths } from './segment-paths.ts';
export { SegmentEndpoints } from './segment-endpoints.ts';
