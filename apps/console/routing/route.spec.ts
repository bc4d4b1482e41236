import { describe, expect, it } from '@jest/globals';
import { pathOf, routeOf, type Route } from './route.ts';

describe('routes', () => {
  it.each([
    ['/', '/', { room: 'start' }],
    ['/studio', '/', { room: 'templates' }],
    ['/studio/tpl_1', '/', { room: 'studio', template: 'tpl_1' }],
    ['/behind/a/proxy/studio/last-order', '/behind/a/proxy/', { room: 'studio', template: 'last-order' }],
    ['/syncs', '/', { room: 'syncs' }],
    ['/syncs/people', '/', { room: 'sync', sync: 'people' }],
    ['/x/syncs/people/runs/run_1', '/x/', { room: 'run', sync: 'people', run: 'run_1' }],
    ['/syncs/people/settings', '/', { room: 'syncSettings', sync: 'people' }],
    ['/new-sync', '/', { room: 'newSync' }],
    ['/new-sync/shop', '/', { room: 'newSync', connection: 'shop' }],
    ['/new-sync/shop/public.orders%2Fall', '/', { room: 'newSync', connection: 'shop', stream: 'public.orders/all' }],
    ['/connections', '/', { room: 'connections' }],
    ['/connections/shop-db', '/', { room: 'connection', connection: 'shop-db' }],
    ['/connections/shop-db/settings', '/', { room: 'settings', connection: 'shop-db' }],
    ['/connectors', '/', { room: 'connectors' }],
    ['/alerts', '/', { room: 'alerts' }],
    ['/alerts/rules/all', '/', { room: 'alertRule', rule: 'all' }],
    ['/alerts/new-rule', '/', { room: 'newAlertRule' }],
    ['/alerts/channels/on-call/settings', '/', { room: 'channelSettings', channel: 'on-call' }],
    ['/connectors/http-json', '/', { room: 'connector', connector: 'http-json' }],
  ])('%s below %s', (path, base, route) => {
    expect(routeOf(path, base)).toEqual(route);
  });

  it.each<Route>([
    { room: 'start' },
    { room: 'templates' },
    { room: 'studio', template: 'a/b c' },
    { room: 'syncs' },
    { room: 'sync', sync: 'people' },
    { room: 'run', sync: 'people', run: 'run_1' },
    { room: 'syncSettings', sync: 'people' },
    { room: 'newSync' },
    { room: 'newSync', connection: 'shop' },
    { room: 'newSync', connection: 'shop', stream: 'a/b.c d%' },
    { room: 'connections' },
    { room: 'connection', connection: 'shop-db' },
    { room: 'settings', connection: 'shop-db' },
    { room: 'connectors' },
    { room: 'connector', connector: 'http-json' },
    { room: 'alerts' },
    { room: 'alertRule', rule: 'all' },
    { room: 'alertRuleSettings', rule: 'new-rule' },
    { room: 'newAlertRule' },
    { room: 'channel', channel: 'on-call' },
    { room: 'channelSettings', channel: 'on-call' },
    { room: 'newChannel', type: 'webhook' },
  ])('lead back to themselves: %j', (route) => {
    expect(routeOf(pathOf(route, '/x/'), '/x/')).toEqual(route);
  });
});
