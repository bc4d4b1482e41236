export type { Rejection } from './arrival-of.ts';
export { Collector } from './collector.ts';
export { mostRequestBytes } from './limits.ts';
