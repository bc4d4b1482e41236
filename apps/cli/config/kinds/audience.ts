import type { Kind } from './kind.ts';

export const audience: Kind = {
  name: 'audience',
  folder: 'audiences',
  path: '/api/audiences',
  role: 'marketer',
  leftAlone: ['name'],
  awaits: { kind: 'computed-trait', field: 'trait' },
};
