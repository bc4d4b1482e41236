import type { Kind } from './kind.ts';

/** What holds for pixels and links in mails. */
export const trackingSettings: Kind = {
  name: 'tracking-settings',
  folder: 'tracking-settings',
  path: '/api/tracking-settings',
  single: 'default',
  role: 'operator',
  defaults: { hosts: [], days: 400, keepVisitors: false },
};
