import type { Kind } from './kind.ts';

export const computedTrait: Kind = {
  name: 'computed-trait',
  folder: 'computed-traits',
  path: '/api/computed-traits',
  role: 'marketer',
  leftAlone: ['name', 'trait'],
};
