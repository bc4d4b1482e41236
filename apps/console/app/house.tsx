import { lazy } from 'react';
import { go, goBack, type Route } from '../routing/index.ts';
import type { House as MarkedHouse } from '../shell/index.ts';
import { TemplateList } from '../templates/index.ts';

// Whoever writes mails needs no syncs, and whoever steers syncs no editor.
const Studio = lazy(async () => ({ default: (await import('../studio/index.ts')).Studio }));
const PersonRooms = lazy(async () => ({ default: (await import('../profiles/index.ts')).PersonRooms }));
const PrivacyRooms = lazy(async () => ({ default: (await import('../privacy/index.ts')).PrivacyRooms }));
const AudienceRooms = lazy(async () => ({ default: (await import('../audiences/index.ts')).AudienceRooms }));
const Syncs = lazy(async () => ({ default: (await import('../syncs/index.ts')).Syncs }));
const Connections = lazy(async () => ({ default: (await import('../connections/index.ts')).Connections }));
const AlertRooms = lazy(async () => ({ default: (await import('../alert-rooms/index.ts')).AlertRooms }));
const KeyRooms = lazy(async () => ({ default: (await import('../keys/index.ts')).KeyRooms }));

type Named = Exclude<Route, { room: 'start' }>;
type RouteTo<Room extends Named['room']> = Extract<Named, { room: Room }>;

/** The rooms of each house; those of connections are the rest. */
const houses = {
  templates: ['templates'],
  studio: ['studio'],
  people: ['people', 'person'],
  privacy: ['privacyRequests', 'privacyRequest'],
  audiences: ['audiences', 'audience', 'audienceSettings', 'newAudience'],
  syncs: ['syncs', 'sync', 'run', 'syncSettings', 'newSync'],
  alerts: ['alerts', 'alertRule', 'alertRuleSettings', 'newAlertRule', 'channel', 'channelSettings', 'newChannel'],
  keys: ['keys', 'key', 'newKey'],
} as const satisfies Record<string, readonly Named['room'][]>;

type HouseName = keyof typeof houses;

/** The rooms that know of each other, and the one of them that the route names. */
export function House({ route }: { route: Named }) {
  if (isOf('templates', route)) return <TemplateList onOpen={(template) => go({ room: 'studio', template })} />;
  if (isOf('studio', route))
    return <Studio key={route.template} template={route.template} onLeave={() => goBack({ room: 'templates' })} />;
  if (isOf('people', route)) return <PersonRooms route={route} />;
  if (isOf('privacy', route)) return <PrivacyRooms route={route} />;
  if (isOf('audiences', route)) return <AudienceRooms route={route} />;
  if (isOf('syncs', route)) return <Syncs route={route} />;
  if (isOf('alerts', route)) return <AlertRooms route={route} />;
  if (isOf('keys', route)) return <KeyRooms route={route} />;
  return <Connections route={route} />;
}

/** What keeps what it knows while somebody goes from room to room within it. */
export function houseOf(route: Named): HouseName | 'connections' {
  const names = Object.keys(houses) as HouseName[];
  return names.find((name) => isOf(name, route)) ?? 'connections';
}

/** The one that the bar marks; undefined: the room has the bar for itself. */
export function markedHouseOf(route: Named): MarkedHouse | undefined {
  const house = houseOf(route);
  if (house === 'studio') return undefined;
  return house === 'privacy' ? 'people' : house;
}

function isOf<Name extends HouseName>(house: Name, route: Named): route is RouteTo<(typeof houses)[Name][number]> {
  const rooms: readonly string[] = houses[house];
  return rooms.includes(route.room);
}
