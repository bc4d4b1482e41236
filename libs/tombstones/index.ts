/** Keyed hashes of people who were erased: their rows are refused wherever they would be stored. */
export { recordName } from './record-name.ts';
export { storedMarks, storedMarksNumber, type MarkedTexts } from './stored-marks.migration.ts';
export { tombstoneModel, tombstoneSchema, type KeptOptOut, type Tombstone } from './tombstone.schema.ts';
export { hearsOfTombstonesWithin, personErased, refusedAsErased, Tombstones } from './tombstones.ts';
export { TombstonesModule } from './tombstones.module.ts';
