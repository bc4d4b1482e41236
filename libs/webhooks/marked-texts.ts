import { identityMark } from '#collect';
import type { MarkedTexts } from '#tombstones';
import { bodyOf, deliveryModel, packedIn } from './store/index.ts';

export const deliveredTexts: readonly MarkedTexts[] = [
  {
    model: deliveryModel,
    field: 'json',
    markOf: identityMark,
    textOf: (json) => bodyOf(packedIn(json)).toString('utf8'),
  },
];
