import type { Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

/** What an event must look like. It is named by the event's own words; the slug is only for files. */
export const eventSchema: Kind = {
  name: 'event-schema',
  folder: 'event-schemas',
  path: '/api/event-schemas',
  named: 'event',
  role: 'operator',
  ownFields: { event: { type: 'string' } },
  identified: ({ event, ...view }) => ({ ...view, id: event as string, name: event as string }),
  read: (_, { id }): Promise<Fields> => Promise.resolve({ event: id }),
};
