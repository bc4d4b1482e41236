export { DatasetCounter } from './dataset-counts.ts';
export { Datasets } from './datasets.ts';
export type { LandingSources } from './landing-sources.ts';
