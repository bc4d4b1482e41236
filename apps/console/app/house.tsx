import { lazy } from 'react';
import { go, type Route } from '../routing/index.ts';
import { TemplateList } from '../templates/index.ts';
import type { Search } from '../ui/index.ts';

// Whoever writes mails needs no syncs, and whoever steers syncs no editor.
const Studio = lazy(async () => ({ default: (await import('../studio/index.ts')).Studio }));
const Syncs = lazy(async () => ({ default: (await import('../syncs/index.ts')).Syncs }));
const Connections = lazy(async () => ({ default: (await import('../connections/index.ts')).Connections }));

type Named = Exclude<Route, { room: 'start' }>;

/** The rooms that know of each other, and the one of them that the route names. */
export function House({ route, search }: { route: Named; search: Search<string> }) {
  switch (route.room) {
    case 'templates':
      return <TemplateList search={search} onOpen={(template) => go({ room: 'studio', template })} />;
    case 'studio':
      return <Studio key={route.template} template={route.template} onLeave={() => go({ room: 'templates' })} />;
    case 'syncs':
    case 'sync':
    case 'run':
    case 'syncSettings':
    case 'newSync':
      return <Syncs route={route} />;
    default:
      return <Connections route={route} />;
  }
}

/** What keeps what it knows while somebody goes from room to room within it. */
export function houseOf({ room }: Named): string {
  switch (room) {
    case 'templates':
    case 'studio':
      return room;
    case 'syncs':
    case 'sync':
    case 'run':
    case 'syncSettings':
    case 'newSync':
      return 'syncs';
    default:
      return 'connections';
  }
}
