import type { Kind } from './kind.ts';
import { withoutRevision } from './without-revision.ts';

/** How identities are read, and what they may join. Where nobody has said so, it is the default one and in no document. */
export const identityPolicy: Kind = {
  name: 'identity-policy',
  folder: 'identity-policy',
  path: '/api/identity-policy',
  single: 'default',
  role: 'operator',
  leftAlone: ['email', 'phone', 'blocked', 'kinds', 'mergeLimit'],
  identified: (view) => ({ ...view, id: 'default', slug: 'default', builtIn: view.revision === 0 }),
  ...withoutRevision,
};
