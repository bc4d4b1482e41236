import type { Kind } from './kind.ts';
import { namedByWords } from './named-by-words.ts';

/** How long a kind of data is kept. Where nobody has said so, it is kept for ever, and in no document. */
export const retentionPolicy: Kind = {
  ...namedByWords('of', 'kind'),
  name: 'retention-policy',
  folder: 'retention',
  path: '/api/privacy/retention',
  role: 'admin',
  startsUnset: true,
  identified: ({ kind, ...view }) => ({
    ...view,
    id: kind as string,
    name: kind as string,
    builtIn: view.revision === 0,
  }),
};
