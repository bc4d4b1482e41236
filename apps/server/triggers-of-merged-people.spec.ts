import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';
import { endWaits } from './testing/waits.ts';

/** Somebody who was two people when a trigger was set off is one person when it fires. */
let test: TestTriggers;
beforeAll(async () => {
  test = await testTriggers();
});
afterAll(() => test.close());

const added = (who: object, n: number) => test.send('track', { ...who, event: 'Added', properties: { n } });

async function known(user: string): Promise<void> {
  await test.send('identify', { userId: user, traits: { plan: 'free' } });
  await test.idOf(`user:${user}`);
}

/** Two profiles, the known one being the older, become one. */
async function merge(user: string, anonymous: string): Promise<void> {
  const id = await test.idOf(`user:${user}`);
  await test.send('identify', { userId: user, anonymousId: anonymous });
  await test.idOf(`anonymous:${anonymous}`, (merged) => merged === id);
}

it('is reminded of one cart, the last', async () => {
  await test.put('carts', { wait: '1h' });
  await known('u1');
  await added({ anonymousId: 'a1' }, 1);
  await added({ userId: 'u1' }, 2);
  await merge('u1', 'a1');
  await test.firings('carts', (noted) => noted.length === 2);
  await endWaits('carts');
  const firings = await test.settled('carts', 2);
  expect(new Set(firings.map(({ profile }) => profile)).size).toBe(2);
  expect(firings.map(({ state }) => state).sort()).toEqual(['sent', 'skipped']);
  const calls = test.receiver.received.filter(({ path }) => path.endsWith('/carts'));
  expect(calls.map(({ body }) => (JSON.parse(body) as { data: { cause: object } }).data.cause)).toEqual([
    expect.objectContaining({ properties: { n: 2 } }),
  ]);
  await test.server.http.delete('/api/triggers/carts');
});

it.each([
  ['cool-down', { coolDown: '1d' }, 'skipped'],
  ['limit', { limits: { perPerson: 1 } }, 'held'],
])('is reached again no sooner by a %s', async (slug, more, state) => {
  await test.put(slug, more);
  await known(`u-${slug}`);
  await added({ anonymousId: `a-${slug}` }, 1);
  await test.settled(slug, 1);
  await merge(`u-${slug}`, `a-${slug}`);
  await added({ userId: `u-${slug}` }, 2);
  const firings = await test.settled(slug, 2);
  expect(new Set(firings.map(({ profile }) => profile)).size).toBe(2);
  expect(firings.map((firing) => firing.state)).toEqual([state, 'sent']);
  await test.server.http.delete(`/api/triggers/${slug}`);
});
