export { OldLandedRows } from './old-rows.ts';
