import type { List, Sync } from '../api/index.ts';
import type { Deed } from '../rooms/index.ts';

/** What may be done to all syncs with a label at once. */
export function deedsOfLabel(label: string, count: number): Deed<List<Sync>>[] {
  const all = `${count === 1 ? 'the sync' : `all ${count} syncs`} with the label “${label}”`;
  return [
    {
      name: 'pause',
      title: 'Pause them',
      icon: 'pause',
      asks: {
        title: `Pause ${all}?`,
        text: 'Their schedules start no run, and endless streams are not followed, until they are resumed. Other runs that are going on end as usual.',
        yes: 'Pause',
      },
      do: (api) => api.post('api/syncs/pause', { body: { label } }),
      said: `Paused ${all}.`,
    },
    {
      name: 'resume',
      title: 'Resume them',
      icon: 'play',
      asks: {
        title: `Resume ${all}?`,
        text: 'Also those that somebody paused one by one. What was due meanwhile is made up for once.',
        yes: 'Resume',
      },
      do: (api) => api.post('api/syncs/resume', { body: { label } }),
      said: `Resumed ${all}.`,
    },
  ];
}
