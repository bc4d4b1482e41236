export type { Rejection, Warning } from './arrival-of.ts';
export { Collector, type Collected } from './collector.ts';
export { mostRequestBytes } from './limits.ts';
export type { Reading } from './reading.ts';
