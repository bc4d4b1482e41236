import type { Kind } from './kind.ts';

/** What holds for all mails. */
export const contentSettings: Kind = {
  name: 'content-settings',
  folder: 'content-settings',
  path: '/api/content-settings',
  single: 'default',
  role: 'marketer',
  defaults: { defaultLocale: 'en' },
  shortened: ({ revision: _, ...fields }) => fields,
  normalised: ({ revision: _, ...fields }) => fields,
};
