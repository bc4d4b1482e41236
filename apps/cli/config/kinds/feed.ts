import { isFields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

/** JSON from elsewhere that mails show; its request headers are secrets. */
export const feed: Kind = {
  name: 'feed',
  folder: 'feeds',
  path: '/api/feeds',
  role: 'operator',
  defaults: { ttlSeconds: 300, timeoutMs: 3000 },
  identified: (view) => ({ ...view, id: view.slug as string }),
  secrets: ({ headers }) => (isFields(headers) ? Object.keys(headers).map((name) => `headers.${name}`) : []),
  sealed: 'headers',
  secretsSet: ({ headersSet }) => ((headersSet ?? []) as string[]).map((name) => `headers.${name}`),
};
