import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { retry, type PushRow } from '@millrace/sdk';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';

const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
const ann = (email: string, changed = 1) => ({ id: 7, email, changed });

describe('what pages say of the same record', () => {
  const script = emptyScript();
  let engine: TestEngine;
  let pushed: PushRow[];

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    reset(script);
    pushed = [];
    script.onPush = (rows) => void pushed.push(...rows);
  });

  const byEmail = { mapping: { id: 'email' } };

  // One is sent before it is kept, the other after.
  describe.each(['thing', 'message'])('to a %s', (object) => {
    const make = (name: string, more: object = {}) =>
      engine.make(name, {
        to: { connection: engine.destination, object },
        mapping: { id: 'id', email: 'email' },
        ...more,
      });

    it('a record that is made and deleted is not sent at all', async () => {
      script.pages = [{ records: [ann('a@x')], deletes: [[7]] }];
      const ended = await engine.run(await make('Made and deleted'));
      expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 2, superseded: 1, unchanged: 1 } });
      expect(pushed).toEqual([]);
    });

    it('a record that is changed and deleted is removed, however many others there are', async () => {
      const sync = await make('Changed and deleted', byEmail);
      script.pages = [{ records: [ann('a@x')] }];
      await engine.run(sync);
      const others = people(11, 30).map((row) => ({ ...row, email: `${row.id}@x` }));
      script.pages = [{ records: [ann('b@x'), ...others], deletes: [[7]] }];
      const ended = await engine.run(sync);
      expect(ended).toMatchObject({ ledger: { read: 22, superseded: 1, written: 21 }, effects: { deleted: 1 } });
      expect([...script.received.keys()].sort()).toEqual(others.map(({ email }) => email));
    });

    it.each([
      ['under the same name, it stays', 'a@x', { read: 2, unchanged: 2 }],
      ['under another name, the former one is removed', 'b@x', { read: 2, written: 2 }],
    ])('of a record that was deleted before it is made again: %s', async (title, email, ledger) => {
      const sync = await make(title, byEmail);
      script.pages = [{ records: [ann('a@x')] }];
      await engine.run(sync);
      script.pages = [{ records: [ann(email)], deletes: [[7]], times: { records: [at(2)], deletes: [at(1)] } }];
      expect(await engine.run(sync)).toMatchObject({ ledger });
      expect([...script.received.keys()]).toEqual([email]);
    });

    it('a deletion waits for the record on the former page, whatever the destination calls it', async () => {
      script.pages = [{ records: [ann('a@x')] }, { records: [], deletes: [[7]] }, { records: [ann('a@x', 2)] }];
      const ended = await engine.run(await make('Pages', byEmail));
      expect(ended).toMatchObject({ ledger: { read: 3, written: 3 }, effects: { deleted: 1 } });
      expect([...script.received.keys()]).toEqual(['a@x']);
      expect(pushed.map(({ op }) => op)).toEqual(['upsert', 'delete', 'upsert']);
    });

    it('the later of two records that are the same there stays, even where the former has to be sent again', async () => {
      const records = people(1, 25).map((row) => ({ ...row, email: row.id % 12 === 1 ? 'ann@x' : `${row.id}@x` }));
      script.pages = [{ records }];
      let puts = 2;
      script.answer = ({ key }) => (key === '1' && puts-- > 0 ? retry(50, 'later') : undefined);
      const ended = await engine.run(await make('Same', { mapping: { id: 'email', name: 'name | trim' } }));
      expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 25, written: 25 } });
      expect(script.received.get('ann@x')).toEqual({ id: 'ann@x', name: 'n25' });
    });
  });

  it('what is only appended keeps the order of reading', async () => {
    script.entries = [];
    script.rows = people(1, 65);
    script.pageSize = 40;
    script.onPush = async (rows) => void (rows[0]?.key === '1' && (await delay(100)));
    const to = { connection: engine.destination, object: 'entry' };
    await engine.run(await engine.make('Appended', { mode: 'insert', mapping: { id: 'id' }, to }));
    expect(script.entries.map(({ id }) => id)).toEqual(people(1, 65).map(({ id }) => id));
  });

  it('what is only appended is told of a record and of its deletion', async () => {
    const sync = await engine.make('Told of both', {
      mode: 'insert',
      to: { connection: engine.destination, object: 'message' },
      mapping: { id: 'email' },
    });
    script.pages = [
      { records: [ann('a@x'), ...people(11, 30).map((row) => ({ ...row, email: `${row.id}@x` }))], deletes: [[7]] },
    ];
    expect(await engine.run(sync)).toMatchObject({ ledger: { read: 22, written: 22 }, effects: { deleted: 1 } });
    expect(pushed.filter(({ key }) => key === '7').map(({ op, record }) => [op, record])).toEqual([
      ['upsert', { id: 'a@x' }],
      ['delete', { id: 'a@x' }],
    ]);
    script.pages = [{ records: [ann('a@x', 2)] }];
    expect(await engine.run(sync)).toMatchObject({ ledger: { read: 1, written: 1 } });
  });
});
