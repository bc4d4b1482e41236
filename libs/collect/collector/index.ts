export type { Rejection, Warning } from './arrival-of.ts';
export { Collector, type Collected, type Reading } from './collector.ts';
export { mostRequestBytes } from './limits.ts';
