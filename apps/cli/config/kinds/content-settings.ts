import type { Kind } from './kind.ts';
import { withoutRevision } from './without-revision.ts';

/** What holds for all mails. */
export const contentSettings: Kind = {
  name: 'content-settings',
  folder: 'content-settings',
  path: '/api/content-settings',
  single: 'default',
  role: 'marketer',
  defaults: { defaultLocale: 'en' },
  ...withoutRevision,
};
