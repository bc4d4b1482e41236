import type { ServerState } from './server-state.ts';

/** What people are told of the kinds that their key may not read; undefined when there are none. */
export function unreadLine({ unread }: Pick<ServerState, 'unread'>): string | undefined {
  if (unread.length === 0) return undefined;
  return `Left out, for this key may not read them: ${unread.map(({ name }) => name).join(', ')}.`;
}
