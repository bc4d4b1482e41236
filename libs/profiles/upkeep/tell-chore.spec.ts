import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import type { Chore } from './chore.ts';
import { TellChore } from './index.ts';

const now = new Date('2026-11-27T12:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
beforeEach(() => test.store.profiles.deleteMany({}));
afterAll(() => test.close());

async function untold(...times: Date[]): Promise<void> {
  await test.store.profiles.insertMany(
    times.map((untoldAt, n) => ({
      ...{ _id: `p_${n}`, v: 1, parts: [], ids: [], createdAt: untoldAt, updatedAt: untoldAt },
      ...{ untold: [{ audiences: ['all'], v: 1, at: untoldAt }], untoldAt },
    })),
  );
}

it('lets a load that goes on have most of the time, and nobody wait for ever', async () => {
  const chore = test.get(TellChore);
  expect(await chore.rest(now)).toBe(0); // nothing to tell
  await untold(ago(50), ago(1));
  const underLoad = await chore.rest(now);
  expect(underLoad).toBeGreaterThan(5);
  await test.store.profiles.deleteMany({});
  await untold(ago(300), ago(1));
  const overdue = await chore.rest(now);
  expect(overdue).toBeLessThan(underLoad);
  expect(overdue).toBeGreaterThan(0);
  await test.store.profiles.deleteMany({});
  await untold(ago(300), ago(10));
  expect(await chore.rest(now)).toBe(0); // the load is over
});

it('tells what somebody entered and left at once in its order', async () => {
  const changes = [8, 9, 10, 11].map((v) => ({
    audiences: ['all'],
    v,
    at: now,
    ...(v % 2 === 0 && { left: ['all'] }),
  }));
  await test.store.profiles.insertOne({
    ...{ _id: 'p_1', v: 11, parts: [], ids: [], createdAt: now, updatedAt: now },
    ...{ untold: changes, untoldAt: now },
  });
  await test.get(TellChore).step();
  const told = await test.membership.changesAfter({ audience: 'all' }, undefined, 10);
  expect(told).toMatchObject(changes);
  const newestFirst = await test.membership.changesBefore('all', undefined, 10);
  expect(newestFirst).toMatchObject([...changes].reverse());
});

it('records it by the clock of the database, whatever the clock of the process that tells it says', async () => {
  await untold(ago(60));
  await test.membership.changes.deleteMany({});
  const before = await test.membership.now();
  const chore: Chore = test.get(TellChore);
  await chore.step(ago(3_600));
  const [told] = await test.membership.changesAfter({ audience: 'all' }, { recordedAt: before, id: '' }, 10);
  expect(told).toMatchObject({ profile: 'p_0', at: ago(60) });
});

it('follows by the clock of the database: what a former version recorded ahead of it is told in its time, and hides nothing', async () => {
  await untold(ago(60));
  await test.membership.changes.deleteMany({});
  const [before, ahead] = [await test.membership.now(), new Date(Date.now() + 3_600_000)];
  const former = { profile: 'p_9', audiences: ['all'], v: 1, at: now, recordedAt: ahead };
  await test.membership.changes.insertOne({ _id: 'p_9|1', ...former });
  await test.get(TellChore).step();
  const place = { recordedAt: before, id: '' };
  expect(await test.membership.changesAfter({ audience: 'all' }, place, 10)).toMatchObject([{ profile: 'p_0' }]);
  const all = await test.membership.changesAfter({ audience: 'all', until: ahead }, place, 10);
  expect(all).toMatchObject([{ profile: 'p_0' }, { profile: 'p_9' }]);
});
