import type { Message } from './message.ts';

/** The name that a message has as an event; undefined where it is none. */
export function eventNameOf({ type, event }: Pick<Message, 'type' | 'event'>): string | undefined {
  switch (type) {
    case 'track':
      return String(event);
    case 'page':
      return 'Page Viewed';
    case 'screen':
      return 'Screen Viewed';
    case 'group':
      return 'Group Joined';
    case 'identify':
    case 'alias':
    case 'consent':
      return undefined;
  }
}
