import type { MarkedTexts } from '#tombstones';
import { landedRowModel, landedVersionModel } from '../store/index.ts';

/** Rows before versions, which are copies of them. */
export const landedTexts: readonly MarkedTexts[] = [
  { model: landedRowModel, field: 'json' },
  { model: landedVersionModel, field: 'json' },
];
