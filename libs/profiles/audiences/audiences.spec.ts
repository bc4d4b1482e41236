import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Condition } from '@millrace/sdk';
import { readAudienceCondition } from '../definitions/index.ts';
import { PurposeChanges } from '../purposes/index.ts';
import { isEntered } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { AudienceTrial } from './index.ts';

const day = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString();
const later = (days: number): Date => new Date(Date.now() + days * day);

describe('audiences', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    await test.push('profile', [
      { identities: { email: 'ann@x.com' }, traits: { country: 'NO', seen: daysAgo(20) } },
      { identities: { email: 'bob@x.com' }, traits: { country: 'SE', seen: daysAgo(2) } },
      { identities: { email: 'cleo@x.com' }, traits: { country: 'NO' } },
    ]);
  });
  afterAll(() => test.close());

  const put = async (slug: string, condition: unknown): Promise<void> => {
    await test.audiences.put(slug, { condition: condition as Record<string, unknown> });
  };
  const names = async (slug: string): Promise<string[]> =>
    (await test.membership.members(slug, undefined, 100)).map(({ ids }) => ids[0]?.split(/[:@]/)[1] ?? '').sort();
  const changes = async (slug: string): Promise<string[]> => {
    const people = new Map(
      (await test.store.profiles.find({}).toArray()).map(({ _id, ids }) => [_id, ids[0]?.split(/[:@]/)[1]]),
    );
    const found = await test.membership.changesAfter({ audience: slug, until: later(9_999) }, undefined, 1_000);
    return found.map((change) => `${isEntered(change, slug) ? '+' : '-'}${people.get(change.profile)}`).sort();
  };

  it('are built for those who are there, and kept when profiles are written', async () => {
    await put('norway', { field: 'traits.country', is: 'equals', value: 'NO' });
    await test.chores.settle();
    expect(await names('norway')).toEqual(['ann', 'cleo']);
    await test.push('profile', [{ key: 'dora', identities: { email: 'dora@x.com' }, traits: { country: 'NO' } }]);
    await test.push(
      'profile',
      [{ key: '0', identities: { email: 'ann@x.com' }, traits: { country: 'DK', seen: daysAgo(20) } }],
      'run_2',
    );
    expect(await names('norway')).toEqual(['cleo', 'dora']);
    expect(await test.membership.count('norway')).toBe(2);
    await test.chores.settle();
    await test.chores.settle(later(1)); // the second walk
    expect(await changes('norway')).toEqual(['+ann', '+cleo', '+dora', '-ann']);
  });

  it('ask for orders, events and consents', async () => {
    const tea = { from: 'orders', where: { field: 'lines[*].product', is: 'contains', value: 'TEA' }, within: '90d' };
    await put('tea', { computed: tea, is: 'atLeast', value: 2 });
    await put('looked', {
      computed: { from: 'events', where: { field: 'name', is: 'equals', value: 'Viewed' } },
      is: 'atLeast',
      value: 1,
    });
    await put('never-ordered', { computed: { from: 'orders' }, is: 'equals', value: 0 });
    await put('allowed', { consent: { channel: 'email' }, is: 'equals', value: 'granted' });
    const order = (id: number, days: number, product: string) => ({
      id,
      identities: { email: 'bob@x.com' },
      at: daysAgo(days),
      total: 5,
      lines: [{ product, quantity: 1 }],
    });
    await test.push('order', [order(1, 10, 'TEA'), order(2, 20, 'TEA'), order(3, 1, 'CUP')]);
    await test.push('event', [{ id: 'e', name: 'Viewed', identities: { email: 'cleo@x.com' }, at: daysAgo(1) }]);
    await test.push('consent', [{ identity: 'email:dora@x.com', channel: 'email', state: 'granted', at: daysAgo(1) }]);
    await test.chores.settle();
    expect(await names('tea')).toEqual(['bob']);
    expect(await names('looked')).toEqual(['cleo']);
    expect(await names('never-ordered')).toEqual(['ann', 'cleo', 'dora']);
    expect(await names('allowed')).toEqual(['dora']);

    await test.push('order', [{ op: 'delete', key: '1' }], 'run_2');
    await test.push('event', [{ op: 'delete', key: 'e' }], 'run_2');
    await test.push(
      'consent',
      // To everything on the channel: a send would heed it, so the audience does.
      [{ identity: 'email:dora@x.com', channel: 'email', purpose: 'all', state: 'denied', at: daysAgo(0) }],
      'run_2',
    );
    await test.chores.settle();
    expect(await Promise.all(['tea', 'looked', 'allowed'].map(names))).toEqual([[], [], []]);
    expect(await changes('tea')).toEqual(['+bob', '-bob']);
  });

  it('read a consent as the basis of its purpose has it, also when that changes', async () => {
    const purposes = test.get(PurposeChanges);
    const basis = (of: 'consent' | 'optOut' | 'none') => purposes.put('digest', { title: 'Digest', basis: of });
    const choice = { channel: 'email', purpose: 'digest', at: daysAgo(1) };
    await test.push('consent', [
      { ...choice, identity: 'email:ann@x.com', state: 'granted' },
      { ...choice, identity: 'email:bob@x.com', state: 'denied' },
    ]);
    const asked = { consent: { channel: 'email', purpose: 'digest' }, is: 'equals' };
    await put('may', { ...asked, value: 'granted' });
    await put('may-not', { ...asked, value: 'denied' });
    const seen = async () => {
      await test.chores.settle();
      return [await names('may'), await names('may-not')];
    };
    // Dora has refused everything.
    expect(await seen()).toEqual([['ann'], ['bob', 'dora']]);
    await basis('optOut');
    expect(await seen()).toEqual([
      ['ann', 'cleo'],
      ['bob', 'dora'],
    ]);
    expect(
      await test
        .get(AudienceTrial)
        .count(await test.audiences.readCondition({ ...asked, value: 'granted' }), new Date()),
    ).toMatchObject({ count: 2 });
    await basis('none');
    expect(await seen()).toEqual([['ann', 'bob', 'cleo', 'dora'], []]);
    await purposes.remove('digest', {});
    expect(await seen()).toEqual([['ann'], ['bob', 'dora']]);
  });

  it('change when only time goes by', async () => {
    await put('lately', { field: 'traits.seen', is: 'atLeast', value: { ago: '30d' } });
    await put('cup', { computed: { from: 'orders', within: '30d' }, is: 'atLeast', value: 1 });
    await test.chores.settle();
    expect(await names('lately')).toEqual(['ann', 'bob']);
    expect(await names('cup')).toEqual(['bob']);
    await test.chores.settle(later(11));
    expect(await names('lately')).toEqual(['bob']);
    await test.chores.settle(later(32));
    expect([await names('lately'), await names('cup')]).toEqual([[], []]);
    expect(await changes('lately')).toEqual(['+ann', '+bob', '-ann', '-bob']);
  });

  it('follow a merge: orders of both count, and the absorbed profile leaves', async () => {
    await put('two-orders', { computed: { from: 'orders' }, is: 'atLeast', value: 2 });
    await test.chores.settle();
    await test.push('order', [
      { id: 11, identities: { email: 'eve@x.com' }, at: daysAgo(5) },
      { id: 12, identities: { user: 'eve' }, at: daysAgo(5) },
    ]);
    await put('eves', { field: 'identities.user', is: 'equals', value: 'eve' });
    await test.chores.settle();
    expect(await names('two-orders')).toEqual(['bob']);
    await test.push('profile', [{ key: 'eve', identities: { email: 'eve@x.com', user: 'eve' }, traits: {} }]);
    await test.chores.settle(later(1));
    expect(await names('two-orders')).toEqual(['bob', 'eve']);
    expect(await names('eves')).toEqual(['eve']);
    const told = (await changes('eves')).map((change) => change[0]);
    expect(told.filter((sign) => sign === '+').length - told.filter((sign) => sign === '-').length).toBe(1);
  });

  it('tell each change once, whatever is repeated', async () => {
    const before = await test.membership.changes.countDocuments({});
    const [first] = await test.membership.changes.find({}, { limit: 1 }).toArray();
    if (!first) throw new Error('Nothing was told.');
    const { _id, profile, recordedAt: _, ...untold } = first;
    await test.store.profiles.updateOne({ _id: profile }, { $set: { untold: [untold], untoldAt: new Date() } });
    await test.chores.settle();
    expect(await test.membership.changes.countDocuments({})).toBe(before);
  });

  it('are streams: members, those who left as deletions, and changes', async () => {
    await put('swedes', { field: 'traits.country', is: 'equals', value: 'SE' });
    await test.chores.settle();
    const [page] = await test.read('audience:swedes');
    expect(page?.records).toMatchObject([{ traits: { country: 'SE' }, identities: { email: 'bob@x.com' } }]);
    const [bob] = await test.membership.members('swedes', undefined, 1);
    const state = { cursor: new Date(Date.now() - 1).toISOString() };
    await test.push('profile', [{ key: '1', identities: { email: 'bob@x.com' }, traits: { country: 'FI' } }], 'run_3');
    await test.chores.settle();
    const pages = await test.read('audience:swedes', state);
    expect(pages.flatMap(({ deletes = [] }) => deletes)).toEqual([[bob?._id]]);
    const told = (await test.read('audience-changes')).flatMap(({ records }) => records);
    expect(told.filter((row) => (row as { audience: string }).audience === 'swedes')).toMatchObject([
      { change: 'entered', profile: bob?._id },
      { change: 'left', profile: bob?._id, identities: { email: 'bob@x.com' } },
    ]);
  });

  it('are not saved with a test that means something else than it says; one that was is read as ever', async () => {
    const vain: Condition = { field: 'createdAt', is: 'notEquals', value: { ago: '30d' } };
    await expect(test.audiences.put('vain', { condition: vain })).rejects.toMatchObject({
      code: 'invalid_condition',
      message: expect.stringContaining('Use "atLeast"'),
    });
    expect(readAudienceCondition(vain, () => false).sentence).toContain('createdAt is not');
  });

  it('ask for a trait by its name however its letters are typed', () => {
    const asked = { field: `traits.${'Größe'.normalize('NFD')}`, is: 'equals', value: 'M' };
    const condition = readAudienceCondition(asked, () => false);
    expect([...condition.traits]).toEqual(['Größe'.normalize('NFC')]);
    const tall = {
      traits: { ['Größe'.normalize('NFC')]: 'M' },
      computed: {},
      identities: {},
      createdAt: '',
      measures: {},
    };
    expect(condition.holds(tall, Date.now())).toBe(true);
  });

  it('count and show before they are saved', async () => {
    const trial = test.get(AudienceTrial);
    const condition = await test.audiences.readCondition({ computed: { from: 'orders' }, is: 'atLeast', value: 2 });
    expect(await trial.count(condition, new Date())).toEqual({ count: 2, exact: true, looked: 5, people: 5 });
    expect(condition.sentence).toBe('the number of orders is at least 2');
    expect(await test.membership.sample('never-ordered', 2)).toHaveLength(2);
  });

  it('leave the profiles when they are removed', async () => {
    await test.audiences.remove('norway');
    await test.chores.settle();
    expect(await names('norway')).toEqual([]);
    await expect(test.audiences.get('norway')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('follow a merge although the person is written again before anything is measured', async () => {
    await put('buyers', { computed: { from: 'orders', calculate: 'count' }, is: 'atLeast', value: 1 });
    await test.push('profile', [{ key: 'kim', identities: { email: 'kim@x.com' }, traits: {} }]);
    await test.push('order', [{ id: 'kims', identities: { user: 'kim' }, at: daysAgo(1) }]);
    await test.chores.settle();
    const joined = { key: 'joined', identities: { email: 'kim@x.com', user: 'kim' }, traits: {} };
    await test.push('profile', [joined], 'run_2');
    await test.push(
      'profile',
      [{ key: 'kim', identities: { email: 'kim@x.com' }, traits: { country: 'NO' } }],
      'run_3',
    );
    await test.chores.settle();
    expect(await names('buyers')).toContain('kim');
    await test.audiences.remove('buyers');
    await test.chores.settle();
  });

  const deep = (depth: number): unknown =>
    depth === 0 ? { field: 'traits.a', is: 'exists' } : { not: deep(depth - 1) };
  it.each<[unknown, string]>([
    [{ field: 'country', is: 'equals', value: 'NO' }, 'at field: people have no "country"'],
    [{ all: [{ field: 'computed.nothing', is: 'exists' }] }, 'at all[0].field: there is no computed trait "nothing"'],
    [{ field: 'traits.a', is: 'matches', value: '(a+)+$' }, 'at is: there is no operator "matches"'],
    [{ $where: 'sleep(1)' }, 'a condition is'],
    [{ field: 'traits.__proto__', is: 'exists' }, 'is not allowed'],
    [{ computed: { from: 'users' }, is: 'atLeast', value: 1 }, 'at computed.from: it must be one of orders'],
    [
      { computed: { from: 'orders', calculate: 'sum' }, is: 'atLeast', value: 1 },
      'at computed.field: sum needs a field',
    ],
    [
      { computed: { from: 'events', where: { field: 'secret', is: 'exists' } }, is: 'exists' },
      'at computed.where.field',
    ],
    [{ computed: { from: 'orders', within: 'ever' }, is: 'exists' }, 'at computed.within'],
    [{ consent: { channel: { $ne: '' } }, is: 'exists' }, 'at consent: a consent is'],
    [
      { all: [{ consent: { channel: 'email' }, is: 'notEquals', value: 'Denied' }] },
      'at all[0].value: it can only be "granted", "denied", null',
    ],
    [{ consent: { channel: 'email' }, is: 'notIn', value: ['denied', 'refused'] }, 'at value: it can only be'],
    [{ field: '', is: 'exists' }, 'found the end. Correct it.'],
    [deep(11), 'more than 10 levels'],
    [{ any: Array.from({ length: 101 }, () => deep(0)) }, 'more than 100 tests'],
    [{ field: 'traits.a', is: 'equals', value: 'x'.repeat(70_000) }, 'longer than 64 KB'],
    [
      {
        any: Array.from({ length: 21 }, (_, i) => ({
          computed: { from: 'orders', within: `${i + 1}d` },
          is: 'exists',
        })),
      },
      'at any[20].computed: it has more than 20 different measures',
    ],
  ])('refuse %#', async (condition, message) => {
    await expect(test.audiences.put('bad', { condition: condition as Condition & object })).rejects.toMatchObject({
      code: 'invalid_condition',
      message: expect.stringContaining(message),
    });
  });
});
