import type { Kind } from './kind.ts';
import { namedByWords } from './named-by-words.ts';

/** What people say of a trait: who owns it, whether it is sensitive. */
export const trait: Kind = {
  ...namedByWords('trait', 'name'),
  name: 'trait',
  folder: 'traits',
  path: '/api/traits',
  role: 'operator',
  defaults: { sensitive: false },
};
