import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Causes, type Cause } from '../causes/index.ts';
import { defaultIdentityRules } from '../identity/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { claimPeople, ProfileWriter } from '../writer/index.ts';

/** Whoever waits for entries and exits is told of none that only comes of figures that nobody had measured. */
const orders = { from: 'orders', calculate: 'count' } as const;
const conditions = {
  newcomers: { computed: orders, is: 'equals', value: 0 },
  buyers: { field: 'computed.orderCount', is: 'atLeast', value: 1 },
  'loyal-ones': { computed: orders, is: 'atLeast', value: 2 },
  reachable: { not: { consent: { channel: 'email' }, is: 'equals', value: 'denied' } },
};
const late = ['early-birds', 'quiet-ones', 'named'] as const;

let test: TestPeople;
const told = new Map<string, string>();

beforeAll(async () => {
  test = await testPeople();
  const audiences = new Set([...Object.keys(conditions), ...late]);
  const tellOf = (cause: Cause): void => {
    if (cause.kind === 'audience' && !cause.defined)
      told.set(cause.key, `${cause.entered ? '+' : '-'}${cause.audience}`);
  };
  test.get(Causes).watch({
    watched: async () => ({ events: new Set(), audiences, traits: new Set(), newcomerTraits: new Set() }),
    tell: async (causes) => causes.forEach(tellOf),
  });
  await test.computedTraits.put('orderCount', orders);
  for (const [slug, condition] of Object.entries(conditions)) await test.audiences.put(slug, { condition });
  await test.chores.settle();
});
beforeEach(() => told.clear());
afterAll(() => test.close());

let runs = 0;
const say = (object: string, ...rows: Row[]) => test.push(object, rows, `run_${String((runs += 1)).padStart(6, '0')}`);

const audiencesOf = async (identity: string): Promise<string[] | undefined> =>
  (await test.store.profiles.findOne({ ids: identity }))?.aud;

async function toldWhenSettled(now?: Date): Promise<string[]> {
  await test.chores.settle(now);
  return [...told.values()].sort();
}

it('a new person of a record has no orders at once, and one of an order is never without', async () => {
  await say('profile', { key: 'ann', identities: { email: 'ann@x.com' }, traits: { name: 'Ann' } });
  expect(await audiencesOf('email:ann@x.com')).toEqual(['newcomers']);
  await say('order', { id: 'o1', identities: { email: 'bob@x.com' }, total: 5 });
  expect(await audiencesOf('email:bob@x.com')).toBeUndefined();
  expect(await toldWhenSettled()).toEqual(['+buyers', '+newcomers', '+reachable', '+reachable']);
  expect(await audiencesOf('email:ann@x.com')).toEqual(['newcomers', 'reachable']);
  expect(await audiencesOf('email:bob@x.com')).toEqual(['buyers', 'reachable']);
});

it('whoever only an order told of that never came is looked at without it a minute later', async () => {
  const ids = ['email:never@x.com'];
  const source = { connection: 'con_shop', prefix: 'con_shop/order/', run: 'run_9', rules: defaultIdentityRules };
  await claimPeople(test.get(ProfileWriter), source, [{ ids, who: ids }], ['orders']);
  expect(await toldWhenSettled()).toEqual([]);
  expect(await toldWhenSettled(new Date(Date.now() + 61_000))).toEqual(['+newcomers', '+reachable']);
});

it('a refusal that came before the person counts from the first moment', async () => {
  await say('consent', { identity: 'email:no@x.com', channel: 'email', state: 'denied', at: '2024-05-01T00:00:00Z' });
  await say('profile', { key: 'no', identities: { email: 'no@x.com' }, traits: { name: 'No' } });
  expect(await toldWhenSettled()).toEqual(['+newcomers']);
});

it('a merge keeps what both were in until both are measured as one', async () => {
  await say('profile', { key: 'cleo', identities: { user: '1' }, traits: { name: 'Cleo' } });
  await say('order', { id: 'o2', identities: { email: 'cleo@x.com' }, total: 5 });
  await test.chores.settle();
  told.clear();
  await say('profile', { key: 'cleo', identities: { user: '1', email: 'cleo@x.com' }, traits: { name: 'Cleo' } });
  expect(await audiencesOf('user:1')).toEqual(['buyers', 'newcomers', 'reachable']);
  await say('profile', { key: 'cleo', identities: { user: '1', email: 'cleo@x.com' }, traits: { name: 'Cleopatra' } });
  expect(await toldWhenSettled()).toEqual(['-newcomers']);
  expect(await audiencesOf('user:1')).toEqual(['buyers', 'reachable']);
});

it('two that have one order each become loyal by being one, once', async () => {
  await say('order', { id: 'o3', identities: { email: 'dan@x.com' }, total: 5 });
  await say('order', { id: 'o4', identities: { email: 'dan@y.com' }, total: 5 });
  await test.chores.settle();
  told.clear();
  await say('profile', { key: 'dan', identities: { email: ['dan@x.com', 'dan@y.com'] }, traits: {} });
  expect(await toldWhenSettled()).toEqual(['+loyal-ones']);
});

it('those who are written or measured while an audience is being built have entered nothing by themselves', async () => {
  await say('order', { id: 'o5', identities: { email: 'eve@x.com' }, total: 5 });
  await say('profile', { key: 'fay', identities: { email: 'fay@x.com' }, traits: { name: 'Fay' } });
  await test.chores.settle();
  told.clear();
  const visits = { from: 'events', calculate: 'count' } as const;
  await test.audiences.put('early-birds', {
    condition: { computed: { ...orders, where: { field: 'total', is: 'atLeast', value: 4 } }, is: 'equals', value: 0 },
  });
  await test.audiences.put('quiet-ones', { condition: { computed: visits, is: 'equals', value: 0 } });
  await say('profile', { key: 'eve', identities: { email: 'eve@x.com' }, traits: { name: 'Eve' } });
  expect(await audiencesOf('email:eve@x.com')).toEqual(['buyers', 'reachable']);
  await say('profile', { key: 'gus', identities: { email: 'gus@x.com' }, traits: { name: 'Gus' } });
  expect(await audiencesOf('email:gus@x.com')).toEqual(['early-birds', 'newcomers', 'quiet-ones']);
  expect(await toldWhenSettled()).toEqual(['+early-birds', '+newcomers', '+quiet-ones', '+reachable']);
  expect(await audiencesOf('email:eve@x.com')).toEqual(['buyers', 'quiet-ones', 'reachable']);
  expect(await audiencesOf('email:fay@x.com')).toEqual(['early-birds', 'newcomers', 'quiet-ones', 'reachable']);
});

it('whoever was there before an audience of traits enters silently, too, with a write that comes before the walk', async () => {
  await say('profile', { key: 'hal', identities: { email: 'hal@x.com' }, traits: { name: 'Hal' } });
  await test.chores.settle();
  told.clear();
  await test.audiences.put('named', { condition: { field: 'traits.name', is: 'exists' } });
  await say('profile', { key: 'hal', identities: { email: 'hal@x.com' }, traits: { name: 'Hal', city: 'Oslo' } });
  await say('profile', { key: 'ida', identities: { email: 'ida@x.com' }, traits: { name: 'Ida' } });
  expect(await audiencesOf('email:hal@x.com')).toContain('named');
  expect(await toldWhenSettled()).toEqual(['+early-birds', '+named', '+newcomers', '+quiet-ones', '+reachable']);
});
