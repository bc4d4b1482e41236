export { datasetModel, datasetSchema, type Dataset, type DatasetCounts } from './dataset.schema.ts';
export { landedRowModel, landedRowSchema, type LandedContent, type LandedRow } from './landed-row.schema.ts';
export { landedVersionModel, landedVersionSchema, type LandedVersion } from './landed-version.schema.ts';
export { LandingStore } from './landing-store.ts';
export { hashOf, idsOf, rowHash, rowId } from './row-id.ts';
export { stampOf, stampText } from './stamp.ts';
