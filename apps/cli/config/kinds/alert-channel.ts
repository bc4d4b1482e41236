import type { Kind } from './kind.ts';

/** By type, as the server keeps them. */
const secretFields = new Map([
  ['webhook', ['config.secret']],
  ['slack', ['config.url']],
  ['email', ['config.smtp']],
]);

export const alertChannel: Kind = {
  name: 'alert-channel',
  folder: 'alerts/channels',
  path: '/api/alerts/channels',
  role: 'operator',
  leftAlone: ['name'],
  secrets: ({ type }) => (typeof type === 'string' && secretFields.get(type)) || [],
  secretsSet: ({ secretsSet }) => ((secretsSet ?? []) as string[]).map((path) => `config.${path}`),
};
