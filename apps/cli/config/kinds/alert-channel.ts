import type { Kind } from './kind.ts';

/** By type, as the server keeps them. */
const secretFields: Record<string, string[]> = {
  webhook: ['config.secret'],
  slack: ['config.url'],
  email: ['config.smtp'],
};

export const alertChannel: Kind = {
  name: 'alert-channel',
  folder: 'alerts/channels',
  path: '/api/alerts/channels',
  role: 'operator',
  leftAlone: ['name'],
  secrets: ({ type }) => (typeof type === 'string' && secretFields[type]) || [],
  secretsSet: ({ secretsSet }) => ((secretsSet ?? []) as string[]).map((path) => `config.${path}`),
};
