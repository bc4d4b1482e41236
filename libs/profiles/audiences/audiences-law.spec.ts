import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldParts } from '../folding/index.ts';
import { foldOrder, type StoredOrder } from '../orders/index.ts';
import { isEntered } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

type Step =
  | { do: 'order'; id: number; who: string; total: number }
  | { do: 'delete'; id: number }
  | { do: 'trait'; who: string; country: string }
  | { do: 'join'; who: string; with: string }
  | { do: 'define'; audience: string; least: number }
  | { do: 'remove'; audience: string }
  | { do: 'chore'; which: number };

const who = fc.constantFrom('ann', 'bob', 'cleo', 'dora');
const audience = fc.constantFrom('spenders', 'norway');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('order'), id: fc.nat(3), who, total: fc.nat(20) }) },
  fc.record({ do: fc.constant('delete'), id: fc.nat(3) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trait'), who, country: fc.constantFrom('NO', 'SE') }) },
  fc.record({ do: fc.constant('join'), who, with: who }),
  fc.record({ do: fc.constant('define'), audience, least: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ do: fc.constant('remove'), audience }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('chore'), which: fc.nat(4) }) },
);

/** Whatever happens in whatever order, and whenever the background gets its turn: in the end audiences are what the truth says. */
describe('the law of audiences', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
  });
  afterAll(() => test.close());

  let run = 0;
  async function take(one: Step): Promise<void> {
    const at = new Date().toISOString();
    const email = (name: string) => ({ email: `${name}@${run}.com` });
    switch (one.do) {
      case 'order':
        return void (await test.push(
          'order',
          [{ id: `${run}-${one.id}`, identities: email(one.who), at, total: one.total }],
          sequence(),
        ));
      case 'delete':
        return void (await test.push('order', [{ op: 'delete', key: `${run}-${one.id}` }], sequence()));
      case 'trait':
        return void (await test.push(
          'profile',
          [{ key: `${run}-${one.who}`, identities: email(one.who), traits: { country: one.country } }],
          sequence(),
        ));
      case 'join':
        return void (await test.push(
          'profile',
          [
            {
              key: `${run}-${one.who}-${one.with}`,
              identities: { ...email(one.who), user: `${run}-${one.with}` },
              traits: {},
            },
            { key: `${run}-${one.with}-`, identities: { ...email(one.with), user: `${run}-${one.with}` }, traits: {} },
          ],
          sequence(),
        ));
      case 'define':
        return void (await test.audiences.put(one.audience, { condition: conditionOf(one) }));
      case 'remove':
        return void (await test.audiences
          .remove(one.audience)
          .catch((error: { code?: string }) => expect(error.code).toBe('not_found')));
      case 'chore':
        return void (await test.chores.all[one.which]?.step(new Date()));
    }
  }
  let runs = 0;
  const sequence = (): string => `run_${String(runs++).padStart(6, '0')}`;

  it('holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
        run++;
        for (const one of steps) await take(one);
        await test.chores.settle();
        await test.chores.settle(new Date(Date.now() + 120_000));
        await expectTruth();
      }),
      { numRuns: 6 },
    );
  });

  async function expectTruth(): Promise<void> {
    const defined = await test.audiences.list(undefined, 10);
    const profiles = await test.store.profiles.find({}).toArray();
    const orders = await test.connection.collection<StoredOrder>('orders').find({}).toArray();
    const changes = await test.membership.changesAfter({ until: new Date(Date.now() + 1e9) }, undefined, 1e5);
    for (const profile of profiles) {
      const { _id, ids, parts, absorbed = [], aud = [], untold } = profile;
      const own = orders.filter(({ p }) => p !== undefined && [_id, ...absorbed].includes(p));
      const spent = own.reduce((sum, order) => sum + Number(foldOrder(order).fields.total), 0);
      const expected = defined.flatMap(({ _id: slug, condition }) => {
        const { value } = JSON.parse(condition) as { value: number };
        const belongs = slug === 'norway' ? foldParts(parts).traits.country === 'NO' : spent >= value;
        return belongs && ids.length > 0 ? [slug] : [];
      });
      expect(aud).toEqual(expected);
      expect(untold).toBeUndefined();
      for (const slug of ['norway', 'spenders']) {
        const told = changes
          .filter((change) => change.profile === _id && change.audiences.includes(slug))
          .sort((x, y) => x.v - y.v)
          .map((change) => isEntered(change, slug));
        expect(told).toEqual(told.map((_, index) => index % 2 === 0)); // in, out, in, …
        expect(told.at(-1) ?? false).toBe(aud.includes(slug));
      }
    }
  }
});

function conditionOf({ audience, least }: { audience: string; least: number }): Record<string, unknown> {
  if (audience === 'norway') return { field: 'traits.country', is: 'equals', value: 'NO' };
  return { computed: { from: 'orders', calculate: 'sum', field: 'total' }, is: 'atLeast', value: least };
}
