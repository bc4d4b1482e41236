import type { Kind } from './kind.ts';
import { withoutRevision } from './without-revision.ts';

/** Whom to believe where connections disagree about a trait. Where nobody has said so, all are equal, and it is in no document. */
export const sourcePriorities: Kind = {
  name: 'source-priorities',
  folder: 'source-priorities',
  path: '/api/source-priorities',
  single: 'default',
  role: 'operator',
  startsUnset: true,
  refersTo: { priorities: 'connection' },
  sentAsId: ['priorities'],
  outlived: ['priorities'],
  identified: (view) => ({ ...view, id: 'default', slug: 'default', builtIn: view.revision === 0 }),
  ...withoutRevision,
};
