export { historyReachModel, historyReachSchema, type StoredHistoryReach } from './history-reach.schema.ts';
export { HistoryReach } from './history-reach.ts';
export { givenUp, mergeModel, mergeSchema, type MergeReason, type StoredMerge } from './merge.schema.ts';
export { partChangeModel, partChangeSchema, type StoredPartChange } from './part-change.schema.ts';
export { partChanges, unsaid, type PartChange, type PartsChange } from './part-changes.ts';
export { absorbedAt, heldAt } from './past-merges.ts';
export { pastParts, type PastParts } from './past-parts.ts';
export { ProfileHistory } from './profile-history.ts';
