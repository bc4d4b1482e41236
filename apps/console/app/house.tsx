import { lazy } from 'react';
import { go, type AlertRoute, type ConnectionRoute, type Route, type SyncRoute } from '../routing/index.ts';
import { TemplateList } from '../templates/index.ts';
import type { Search } from '../ui/index.ts';

// Whoever writes mails needs no syncs, and whoever steers syncs no editor.
const Studio = lazy(async () => ({ default: (await import('../studio/index.ts')).Studio }));
const Syncs = lazy(async () => ({ default: (await import('../syncs/index.ts')).Syncs }));
const Connections = lazy(async () => ({ default: (await import('../connections/index.ts')).Connections }));
const AlertRooms = lazy(async () => ({ default: (await import('../alert-rooms/index.ts')).AlertRooms }));

type Named = Exclude<Route, { room: 'start' }>;

/** The rooms that know of each other, and the one of them that the route names. */
export function House({ route, search }: { route: Named; search: Search<string> }) {
  if (route.room === 'templates')
    return <TemplateList search={search} onOpen={(template) => go({ room: 'studio', template })} />;
  if (route.room === 'studio')
    return <Studio key={route.template} template={route.template} onLeave={() => go({ room: 'templates' })} />;
  if (isOfAlerts(route)) return <AlertRooms route={route} />;
  return isOfSyncs(route) ? <Syncs route={route} /> : <Connections route={route} />;
}

/** What keeps what it knows while somebody goes from room to room within it. */
export function houseOf(route: Named): string {
  if (route.room === 'templates' || route.room === 'studio') return route.room;
  if (isOfAlerts(route)) return 'alerts';
  return isOfSyncs(route) ? 'syncs' : 'connections';
}

const roomsOfAlerts: readonly string[] = [
  'alerts',
  'alertRule',
  'alertRuleSettings',
  'newAlertRule',
  'channel',
  'channelSettings',
  'newChannel',
] satisfies AlertRoute['room'][];

function isOfAlerts(route: SyncRoute | ConnectionRoute | AlertRoute): route is AlertRoute {
  return roomsOfAlerts.includes(route.room);
}

const roomsOfSyncs: readonly string[] = [
  'syncs',
  'sync',
  'run',
  'syncSettings',
  'newSync',
] satisfies SyncRoute['room'][];

function isOfSyncs(route: SyncRoute | ConnectionRoute): route is SyncRoute {
  return roomsOfSyncs.includes(route.room);
}
