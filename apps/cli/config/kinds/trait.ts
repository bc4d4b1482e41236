import type { Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

/** What people say of a trait: who owns it, whether it is sensitive. It is named by its own name; the slug is only for files. */
export const trait: Kind = {
  name: 'trait',
  folder: 'traits',
  path: '/api/traits',
  named: 'trait',
  role: 'operator',
  ownFields: { trait: { type: 'string' } },
  defaults: { sensitive: false },
  identified: ({ name, ...view }) => ({ ...view, id: name as string, name: name as string }),
  read: (_, { id }): Promise<Fields> => Promise.resolve({ trait: id }),
};
