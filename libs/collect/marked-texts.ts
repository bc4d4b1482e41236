import type { MarkedTexts } from '#tombstones';
import { identityMark, inboxItemModel } from './inbox/index.ts';
import { collectedPersonModel } from './people/index.ts';

export const collectedTexts: readonly MarkedTexts[] = [
  { model: inboxItemModel, field: 'json', markOf: identityMark },
  { model: collectedPersonModel, field: 'json' },
];
