/** Raw rows, landed before they are mapped: datasets with history, queries over them, and the connector `landing`. */
export { Datasets, type LandingSources } from './datasets/index.ts';
export { LandingModule } from './landing.module.ts';
export { landedTexts, LandedPeople, type LandedPage, type LandedSubject } from './erasure/index.ts';
export { OldLandedRows } from './retention/index.ts';
