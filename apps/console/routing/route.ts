/** Where in the console somebody is. The addresses are those that the server's console.controller names. */
export type Route =
  | { room: 'start' } // whoever comes is led to what their key is for
  | { room: 'templates' }
  | { room: 'studio'; template: string }
  | SyncRoute
  | ConnectionRoute
  | AlertRoute
  | KeyRoute
  | PersonRoute
  | PrivacyRoute
  | AudienceRoute;

/** Among the syncs. */
export type SyncRoute =
  | { room: 'syncs' }
  | { room: 'sync'; sync: string }
  | { room: 'run'; sync: string; run: string }
  | { room: 'syncSettings'; sync: string }
  | { room: 'newSync'; connection?: string; stream?: string }; // where it reads from

/** Among the connections. */
export type ConnectionRoute =
  | { room: 'connections' }
  | { room: 'connection'; connection: string }
  | { room: 'settings'; connection: string }
  | { room: 'connectors' } // one of them is chosen to be connected
  | { room: 'connector'; connector: string };

/** Among the alerts: rules, and the channels to which they send. */
export type AlertRoute =
  | { room: 'alerts' }
  | { room: 'alertRule'; rule: string }
  | { room: 'alertRuleSettings'; rule: string }
  | { room: 'newAlertRule' }
  | { room: 'channel'; channel: string }
  | { room: 'channelSettings'; channel: string }
  | { room: 'newChannel'; type: string };

/** Among the API keys. */
export type KeyRoute = { room: 'keys' } | { room: 'key'; key: string } | { room: 'newKey' };

/** Among the people. */
export type PersonRoute = { room: 'people' } | { room: 'person'; profile: string };

/** Among what people asked for under data protection law. */
export type PrivacyRoute = { room: 'privacyRequests' } | { room: 'privacyRequest'; request: string };

/** Among the audiences. */
export type AudienceRoute =
  | { room: 'audiences' }
  | { room: 'audience'; audience: string }
  | { room: 'audienceSettings'; audience: string }
  | { room: 'newAudience' };

/** @param base the path at which the console is served, with a slash at the end */
export function routeOf(pathname: string, base: string): Route {
  const [room, first, second, third] = pathname.slice(base.length).split('/').map(decodeURIComponent);
  if (room === 'studio') return first ? { room: 'studio', template: first } : { room: 'templates' };
  if (room === 'connectors') return first ? { room: 'connector', connector: first } : { room: 'connectors' };
  if (room === 'connections') {
    if (!first) return { room: 'connections' };
    return { room: second === 'settings' ? 'settings' : 'connection', connection: first };
  }
  if (room === 'keys') return first ? { room: 'key', key: first } : { room: 'keys' };
  if (room === 'new-key') return { room: 'newKey' };
  if (room === 'people') return first ? { room: 'person', profile: first } : { room: 'people' };
  if (room === 'privacy-requests')
    return first ? { room: 'privacyRequest', request: first } : { room: 'privacyRequests' };
  if (room === 'audiences') {
    if (!first) return { room: 'audiences' };
    return { room: second === 'settings' ? 'audienceSettings' : 'audience', audience: first };
  }
  if (room === 'new-audience') return { room: 'newAudience' };
  if (room === 'alerts') return alertRouteOf(first, second, third);
  if (room === 'new-sync') {
    return { room: 'newSync', ...(first && { connection: first, ...(second && { stream: second }) }) };
  }
  if (room !== 'syncs') return { room: 'start' };
  if (!first) return { room: 'syncs' };
  if (second === 'settings') return { room: 'syncSettings', sync: first };
  return second === 'runs' && third ? { room: 'run', sync: first, run: third } : { room: 'sync', sync: first };
}

function alertRouteOf(kind?: string, name?: string, part?: string): AlertRoute {
  if (kind === 'new-rule') return { room: 'newAlertRule' };
  if (!name) return { room: 'alerts' };
  if (kind === 'new-channel') return { room: 'newChannel', type: name };
  const isSettings = part === 'settings';
  if (kind === 'rules') return { room: isSettings ? 'alertRuleSettings' : 'alertRule', rule: name };
  if (kind === 'channels') return { room: isSettings ? 'channelSettings' : 'channel', channel: name };
  return { room: 'alerts' };
}

export function pathOf(route: Route, base: string): string {
  return base + namesOf(route).map(encodeURIComponent).join('/');
}

function namesOf(route: Route): string[] {
  switch (route.room) {
    case 'start':
      return [];
    case 'templates':
      return ['studio'];
    case 'studio':
      return ['studio', route.template];
    case 'syncs':
      return ['syncs'];
    case 'sync':
      return ['syncs', route.sync];
    case 'run':
      return ['syncs', route.sync, 'runs', route.run];
    case 'syncSettings':
      return ['syncs', route.sync, 'settings'];
    case 'newSync':
      return ['new-sync', route.connection, route.stream].filter((name) => name !== undefined);
    case 'connections':
      return ['connections'];
    case 'connection':
      return ['connections', route.connection];
    case 'settings':
      return ['connections', route.connection, 'settings'];
    case 'connectors':
      return ['connectors'];
    case 'connector':
      return ['connectors', route.connector];
    case 'alerts':
      return ['alerts'];
    case 'alertRule':
      return ['alerts', 'rules', route.rule];
    case 'alertRuleSettings':
      return ['alerts', 'rules', route.rule, 'settings'];
    case 'newAlertRule':
      return ['alerts', 'new-rule'];
    case 'channel':
      return ['alerts', 'channels', route.channel];
    case 'channelSettings':
      return ['alerts', 'channels', route.channel, 'settings'];
    case 'newChannel':
      return ['alerts', 'new-channel', route.type];
    case 'keys':
      return ['keys'];
    case 'key':
      return ['keys', route.key];
    case 'newKey':
      return ['new-key'];
    case 'people':
      return ['people'];
    case 'person':
      return ['people', route.profile];
    case 'privacyRequests':
      return ['privacy-requests'];
    case 'privacyRequest':
      return ['privacy-requests', route.request];
    case 'audiences':
      return ['audiences'];
    case 'audience':
      return ['audiences', route.audience];
    case 'audienceSettings':
      return ['audiences', route.audience, 'settings'];
    case 'newAudience':
      return ['new-audience'];
  }
}
