import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { toldChanges, untoldChanges } from './index.ts';

const at = new Date('2026-11-27T12:00:00Z');
const recordedAt = new Date('2026-11-27T12:00:05Z');

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('brings entries and exits that one document each told to lists of audiences', async () => {
  const changes = test.connection.collection<{ _id: string }>('audience_changes');
  await changes.createIndex({ audience: 1, recordedAt: 1, _id: 1 });
  const told = { profile: 'p_1', at, recordedAt };
  await changes.insertMany([
    { _id: 'p_1|3|loyal', audience: 'loyal', entered: true, defined: true, ...told },
    { _id: 'p_1|7|loyal', audience: 'loyal', entered: false, ...told },
  ] as never[]);
  const first = await toldChanges.step(test.connection, undefined);
  expect(first).toEqual({ changed: 2, position: 'p_1|7|loyal' });
  expect(await toldChanges.step(test.connection, undefined)).toEqual({ changed: 0, position: 'p_1|7|loyal' }); // repeated
  expect(await toldChanges.step(test.connection, first.position)).toEqual({ changed: 0 });
  expect(await test.membership.changesAfter({ audience: 'loyal', until: recordedAt }, undefined, 10)).toEqual([
    { _id: 'p_1|3|loyal', v: 3, audiences: ['loyal'], defined: true, ...told },
    { _id: 'p_1|7|loyal', v: 7, audiences: ['loyal'], left: ['loyal'], ...told },
  ]);
  expect(await changes.indexExists('audience_1_recordedAt_1__id_1')).toBe(false);
});

it('brings together what of one version is still to be told', async () => {
  const former = [
    { audience: 'loyal', entered: true, v: 1, at },
    { audience: 'nordics', entered: true, v: 1, at },
    { audience: 'loyal', entered: false, v: 2, at },
    { audience: 'paying', entered: true, v: 2, at },
    { audience: 'spenders', entered: true, v: 2, at, defined: true },
  ];
  const profile = { _id: 'p_1', v: 2, parts: [], ids: [], createdAt: at, updatedAt: at, untoldAt: at };
  await test.store.profiles.insertOne({ ...profile, untold: former as never });
  const first = await untoldChanges.step(test.connection);
  expect(first).toEqual({ changed: 1, position: 1 });
  expect(await untoldChanges.step(test.connection)).toEqual({ changed: 0 });
  expect((await test.store.profiles.findOne({ _id: 'p_1' }))?.untold).toEqual([
    { audiences: ['loyal', 'nordics'], v: 1, at },
    { audiences: ['loyal', 'paying'], left: ['loyal'], v: 2, at },
    { audiences: ['spenders'], v: 2, at, defined: true },
  ]);
});
