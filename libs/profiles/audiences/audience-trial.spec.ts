import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredProfile } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { AudienceTrial } from './index.ts';

const people = 10_200;

/** Every fourth lives in Norway. */
function profileOf(n: number): StoredProfile {
  const id = `p_01M8${String(n).padStart(22, '0')}`;
  const t = { country: n % 4 === 0 ? 'NO' : 'PT' };
  const part = { k: `con_crm/people/${n}`, a: 0, s: n, b: 'run_1', h: `${n}`, n: 20, t, i: [`email:${n}@x.com`] };
  const [createdAt, updatedAt] = [new Date(0), new Date(0)];
  return { _id: id, v: 1, parts: [part], ids: part.i, createdAt, updatedAt };
}

describe('an audience that is tried on more people than are looked at', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    await test.store.profiles.insertMany(Array.from({ length: people }, (_, n) => profileOf(n)));
  });
  afterAll(async () => {
    await test.connection.db?.command({ profile: 0 });
    await test.close();
  });

  it('is estimated from samples, none of which needs a look at everybody', async () => {
    const condition = await test.audiences.readCondition({ field: 'traits.country', is: 'equals', value: 'NO' });
    await test.connection.db?.command({ profile: 2 });
    const trial = await test.get(AudienceTrial).count(condition, new Date());
    expect(trial).toMatchObject({ exact: false, people });
    expect(trial.looked).toBeLessThanOrEqual(10_000);
    expect(Math.abs(trial.count / people - 0.25)).toBeLessThan(0.1);
    const reads = await test.connection
      .collection<{ docsExamined?: number }>('system.profile')
      .find({ ns: /\.profiles$/ })
      .toArray();
    // MongoDB's jumps may find too few different people now and then; that one sample is taken among all.
    const examined = reads.map(({ docsExamined = 0 }) => docsExamined).sort((a, b) => a - b);
    expect(examined[Math.floor(examined.length / 2)]).toBeLessThanOrEqual(1_000);
  });
});
