import { isFields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

export const alertRule: Kind = {
  name: 'alert-rule',
  folder: 'alerts/rules',
  path: '/api/alerts/rules',
  role: 'operator',
  refersTo: { syncs: 'sync', triggers: 'trigger', to: 'alert-channel' },
  leftAlone: ['name'],
  defaults: { enabled: true, wait: '30s', repeat: '24h' },
  normalised({ on, ...fields }) {
    if (!isFields(on)) return { ...fields, ...(on !== undefined && { on }) };
    return { ...fields, on: Object.fromEntries(Object.entries(on).filter(([, wanted]) => wanted !== false)) };
  },
};
