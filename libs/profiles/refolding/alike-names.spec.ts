import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import { Restrictions } from '../restrictions/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { alikeNames } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('gives what was stored before the names by which it is found', async () => {
  const names = ['restrictions', 'consents'] as const;
  const all = async () =>
    Promise.all(
      names.map((name) =>
        test.connection
          .collection(name)
          .find({}, { sort: { _id: 1 } })
          .toArray(),
      ),
    );
  const addresses = ['a.nn@gmail.com', 'bob+1@x.com', 'cat@x.com'];
  await test.push(
    'consent',
    addresses.map((email) => ({ identities: { email }, channel: 'email', state: 'denied' })),
  );
  await test.get(Restrictions).restrict('prq_1', ['email:d.an@gmail.com', 'phone:02079460018', 'user:1'], new Date());
  const stored = await all();
  expect(stored.flat().map(({ alike }) => alike as unknown)).toEqual([
    ...['email:dan@gmail.com', 'phone~460018', undefined],
    ...['email:ann@gmail.com', 'email:bob@x.com', undefined],
  ]);
  for (const name of names) await test.connection.collection(name).updateMany({}, { $unset: { alike: '' } });
  let position: Json | undefined;
  let changed = 0;
  do {
    const step = await alikeNames.step(test.connection, position);
    ({ position } = step);
    changed += step.changed;
  } while (position !== undefined);
  expect(changed).toBe(4);
  expect(await all()).toEqual(stored);
});
