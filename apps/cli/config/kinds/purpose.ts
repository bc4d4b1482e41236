import type { Kind } from './kind.ts';
import { namedByWords } from './named-by-words.ts';

/** What people are written to for. */
export const purpose: Kind = {
  ...namedByWords('purpose', 'name'),
  name: 'purpose',
  folder: 'purposes',
  path: '/api/purposes',
  role: 'admin',
};
