import { isFields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

export const trigger: Kind = {
  name: 'trigger',
  folder: 'triggers',
  path: '/api/triggers',
  role: 'operator',
  leftAlone: ['name'],
  refersTo: {
    'on.entersAudience': 'audience',
    'on.leavesAudience': 'audience',
    'do.sync': 'sync',
    'do.handOver.connection': 'connection',
  },
  secrets: ({ do: action }) => (callsWebhook(action) ? ['do.webhook.secret'] : []),
  secretsSet: ({ secretsSet }) => (secretsSet ?? []) as string[],
};

function callsWebhook(action: unknown): boolean {
  return isFields(action) && isFields(action.webhook);
}
