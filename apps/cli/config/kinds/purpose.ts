import type { Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

/** What people are written to for. It is named by its own word; the slug is only for files. */
export const purpose: Kind = {
  name: 'purpose',
  folder: 'purposes',
  path: '/api/purposes',
  named: 'purpose',
  role: 'admin',
  ownFields: { purpose: { type: 'string' } },
  identified: ({ name, ...view }) => ({ ...view, id: name as string, name: name as string }),
  read: (_, { id }): Promise<Fields> => Promise.resolve({ purpose: id }),
};
