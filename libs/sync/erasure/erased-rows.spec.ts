import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Tombstones } from '#tombstones';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';

describe('a sync past the profile store, once somebody is erased', () => {
  const script = emptyScript();
  const all = { read: 'full', mapping: { id: 'id', name: 'name | trim' } };
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  beforeEach(() => {
    reset(script);
    script.rows = people(1, 5);
  });
  afterAll(() => engine.stop());

  const erase = (request: string, ...identities: string[]): Promise<void> =>
    engine.app
      .get(Tombstones)
      .bury(
        request,
        { identities: identities.map((identity) => ({ identity, optOuts: [] })), records: [] },
        new Date(),
      );

  it('refuses rows that hold an address or a telephone number of theirs, mapped or not', async () => {
    const [first, second, third] = script.rows;
    Object.assign(first ?? {}, { contact: { mail: 'Ann@Example.com' } });
    Object.assign(second ?? {}, { phones: ['+44 (0)20 7946 0018'] });
    Object.assign(third ?? {}, { phones: ['+44 20 7946 0019'] });
    const sync = await engine.make('refuses', all);
    await erase('prq_1', 'email:ann@example.com', 'phone:+442079460018');
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 5, written: 3, rejected: 2 });
    expect([...script.received.keys()]).toEqual([3, 4, 5]);
  });

  it('removes from a mirror what it had sent of them, and keeps what it cannot use of others', async () => {
    const [first, second] = script.rows;
    Object.assign(first ?? {}, { mail: 'bob@example.com' });
    const sync = await engine.make('mirrors', { ...all, mode: 'mirror' });
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 5, written: 5 });
    await erase('prq_2', 'email:bob@example.com');
    script.refuse = ({ name }) => name === 'worse';
    Object.assign(second ?? {}, { name: 'worse' });
    const { ledger, effects } = await engine.run(sync);
    expect(ledger).toMatchObject({ read: 5, unchanged: 3, rejected: 2 });
    expect(effects).toMatchObject({ deleted: 1 });
    expect([...script.received.keys()]).toEqual([2, 3, 4, 5]);
  });
});
