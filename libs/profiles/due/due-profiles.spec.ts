import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testStore, type TestStore } from '../testing/test-store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await testStore();
});
afterAll(() => test.close());

it('keeps the mark of who was measured, who is due again when marked again, and never by a mark that came meanwhile', async () => {
  const [now, later] = [new Date('2024-05-01'), new Date('2024-05-02')];
  await test.due.mark(['p_1', 'p_2'], now);
  const marks = await test.due.due(later, 10);
  expect(marks).toHaveLength(2);
  await test.due.mark(['p_2'], later);
  await test.due.done(marks, later);
  const stored = test.connection.collection('due_profiles');
  expect(await stored.find({}, { sort: { _id: 1 }, projection: { token: 0 } }).toArray()).toEqual([
    { _id: 'p_1', slow: false },
    { _id: 'p_2', slow: false, due: later },
  ]);
  await test.due.mark(['p_1'], now);
  expect((await test.due.due(later, 10)).map(({ _id }) => _id)).toEqual(['p_1', 'p_2']);
});
