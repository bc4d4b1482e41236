import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Causes, type Cause } from '../causes/index.ts';
import { isEntered } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

/** Somebody is first known by a visit and then by a record, and it turns out that both are one person. */
let test: TestPeople;
const told = new Map<string, Cause>();

beforeAll(async () => {
  test = await testPeople();
  const audiences = new Set(['vip', 'nameless']);
  test.get(Causes).watch({
    watched: async () => ({ events: new Set(), audiences, traits: new Set(), newcomerTraits: new Set() }),
    tell: async (causes) => causes.forEach((cause) => void told.set(cause.key, cause)),
  });
  await test.audiences.put('vip', { condition: { field: 'traits.plan', is: 'equals', value: 'pro' } });
  await test.audiences.put('nameless', { condition: { not: { field: 'traits.name', is: 'exists' } } });
  await test.chores.settle();
});
afterAll(() => test.close());

let runs = 0;
async function say(...rows: Row[]): Promise<void> {
  runs += 1;
  await test.push('profile', rows, `run_${String(runs).padStart(6, '0')}`);
}

const idOf = async (identity: string): Promise<string> =>
  (await test.store.profiles.findOne({ ids: identity }))?._id ?? '';

async function changesOf(profile: string): Promise<string[]> {
  await test.chores.settle();
  const until = new Date(Date.now() + 1_000);
  const changes = await test.membership.changesAfter({ until }, undefined, 100);
  return changes
    .filter((change) => change.profile === profile)
    .flatMap((change) => change.audiences.map((audience) => `${isEntered(change, audience) ? '+' : '-'}${audience}`))
    .sort();
}

const toldOnes = (): string[] =>
  [...told.values()]
    .flatMap((cause) => (cause.kind === 'audience' ? `${cause.entered ? '+' : '-'}${cause.audience}` : []))
    .sort();

it('an audience that the merged profile was in is neither left nor entered by the person, but each profile has its changes', async () => {
  await say({ key: 'visit', identities: { anonymous: 'a1' }, traits: {} });
  await say({ key: 'record', identities: { email: 'ann@x.com' }, traits: { plan: 'pro', name: 'Ann' } });
  const [older, younger] = [await idOf('anonymous:a1'), await idOf('email:ann@x.com')];
  await test.chores.settle();
  told.clear();
  await say({ key: 'login', identities: { email: 'ann@x.com', anonymous: 'a1' }, traits: {} });
  expect(await changesOf(younger)).toEqual(['+vip', '-vip']);
  expect(await changesOf(older)).toEqual(['+nameless', '+vip', '-nameless']);
  expect(toldOnes()).toEqual(['-nameless']);
});

it('one that both were in and the person is not is left once, whatever of it comes together', async () => {
  await say({ key: 'first visit', identities: { anonymous: 'b1' }, traits: {} });
  await say({ key: 'second visit', identities: { anonymous: 'b2' }, traits: { plan: 'pro' } });
  const [older, younger] = [await idOf('anonymous:b1'), await idOf('anonymous:b2')];
  await test.chores.settle();
  told.clear();
  await say(
    { key: 'second visit', identities: { anonymous: 'b2' }, traits: { plan: 'free' } },
    { key: 'visits', identities: { anonymous: ['b1', 'b2'] }, traits: { name: 'Bob' } },
  );
  expect(await changesOf(younger)).toEqual(['+nameless', '+vip', '-nameless', '-vip']);
  expect(await changesOf(older)).toEqual(['+nameless', '-nameless']);
  expect(toldOnes()).toEqual(['-nameless', '-vip']);
});
