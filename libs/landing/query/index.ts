export { LandedRows, type RowPage, type RowQuery } from './landed-rows.ts';
export { RowHistory } from './row-history.ts';
export type { RowView } from './row-view.ts';
