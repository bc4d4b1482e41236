import type { MarkedTexts } from '#tombstones';

export const rejectedTexts: readonly MarkedTexts[] = [{ model: 'Reject', field: 'raw' }];
