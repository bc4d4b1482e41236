import type { Kind } from './kind.ts';
import { namedByWords } from './named-by-words.ts';

/** What an event must look like. */
export const eventSchema: Kind = {
  ...namedByWords('event'),
  name: 'event-schema',
  folder: 'event-schemas',
  path: '/api/event-schemas',
  role: 'operator',
};
