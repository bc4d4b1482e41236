import { describe, expect, it } from '@jest/globals';
import { pathOf, routeOf } from './route.ts';

describe('routes', () => {
  it.each([
    ['/', '/', { room: 'templates' }],
    ['/studio', '/', { room: 'templates' }],
    ['/studio/tpl_1', '/', { room: 'studio', template: 'tpl_1' }],
    ['/behind/a/proxy/studio/last-order', '/behind/a/proxy/', { room: 'studio', template: 'last-order' }],
  ])('%s below %s', (path, base, route) => {
    expect(routeOf(path, base)).toEqual(route);
  });

  it('lead back to themselves', () => {
    const route = { room: 'studio', template: 'a/b c' } as const;
    expect(routeOf(pathOf(route, '/x/'), '/x/')).toEqual(route);
  });
});
