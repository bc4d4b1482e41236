import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { MillraceError, rejected } from '@millrace/sdk';
import { Connections } from '#connections';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import { untilEnded } from '../testing/until-ended.ts';
import { Runs } from '../index.ts';

describe('what is replayed in parts', () => {
  let engine: ScriptedApp;
  let headers: { authorization: string };
  const own = { connection: 'own', object: 'thing' };

  beforeAll(async () => {
    engine = await scriptedApp();
    headers = await engine.key('operator');
    engine.app.get(Connections).addBuiltIn({ id: own.connection, name: 'Own', connector: 'scripted-destination' });
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    engine.script.refuse = undefined;
    engine.script.onPush = undefined;
    engine.script.answer = undefined;
    engine.script.pages = undefined;
    engine.script.received.clear();
  });

  const replay = async (body: object) => {
    const { data } = await axios.post<{ id: string }>(`${engine.url}/api/rejects/replay`, body, { headers });
    return untilEnded(engine.app.get(Runs), data.id);
  };
  const openRejects = async (sync: string) => {
    const params = { sync, open: true };
    const { data } = await axios.get<{ data: { id: string; raw: string }[] }>(`${engine.url}/api/rejects`, {
      params,
      headers,
    });
    return data.data;
  };
  /** A run that refuses everything. */
  const refusedRun = async (sync: string, rows: typeof engine.script.rows) => {
    engine.script.rows = rows;
    engine.script.refuse = () => true;
    const { _id } = await engine.run(sync);
    engine.script.refuse = undefined;
    return _id;
  };

  it.each([
    ['a record’s former row first', ['old', 'new'], 1],
    ['a record’s later row first', ['new', 'old'], 0],
  ])('ends with what the record became: %s', async (title, order, last) => {
    const sync = await engine.sync(title, { read: 'full' });
    const runs = new Map<string, string>();
    for (const name of ['old', 'new']) runs.set(name, await refusedRun(sync, [{ id: 1, name, changed: 1 }]));
    await replay({ run: runs.get(order[0] ?? '') });
    expect(await replay({ run: runs.get(order[1] ?? '') })).toMatchObject({ ledger: { read: last, written: last } });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('goes to Millrace’s own stores whatever they have got since: they order rows by themselves', async () => {
    const sync = await engine.sync('Own', { mode: 'mirror', to: own });
    const former = await refusedRun(sync, [{ id: 1, name: 'old', changed: 1 }]);
    const later = await refusedRun(sync, [{ id: 1, name: 'new', changed: 1 }]);
    await replay({ run: former });
    expect(await replay({ run: later })).toMatchObject({ ledger: { read: 1, written: 1 } });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('ends with what a record became, where the first replay failed in between', async () => {
    const sync = await engine.sync('Failed between', { read: 'full' });
    await refusedRun(sync, rowsFrom(1, 501));
    await refusedRun(sync, [{ id: 1, name: 'new', changed: 1 }]);
    engine.script.onPush = (rows) => {
      if (rows.some(({ record }) => record.name === 'new')) throw new MillraceError('forbidden', 'Not now.');
    };
    expect(await replay({ sync })).toMatchObject({ state: 'failed' });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'n1' });
    engine.script.onPush = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded' });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('does not bring back what the record was, where the first replay was refused it again', async () => {
    const sync = await engine.sync('Refused again', { read: 'full' });
    const former = await refusedRun(sync, [{ id: 1, name: 'old', changed: 1 }]);
    const later = await refusedRun(sync, [{ id: 1, name: 'new', changed: 1 }]);
    engine.script.refuse = () => true;
    expect(await replay({ run: former })).toMatchObject({ ledger: { read: 1, rejected: 1 } });
    engine.script.refuse = undefined;
    await replay({ run: later });
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded' });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('does not bring back what the record was in the same run, where the first replay was refused it again', async () => {
    engine.script.pages = ['old', 'new'].map((name) => ({ records: [{ id: 1, name, changed: 1 }] }));
    const sync = await engine.sync('Refused again of one run', { read: 'full' });
    await refusedRun(sync, []);
    const old = (await openRejects(sync)).flatMap(({ id, raw }) => (raw.includes('old') ? id : []));
    engine.script.refuse = () => true;
    expect(await replay({ ids: old })).toMatchObject({ ledger: { read: 1, rejected: 1 } });
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded' });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('does not bring back what the record was, where it became that more rows before', async () => {
    const sync = await engine.sync('Refused again far behind', { read: 'full' });
    const former = await refusedRun(sync, [{ id: 1, name: 'old', changed: 1 }]);
    await refusedRun(sync, [{ id: 1, name: 'new', changed: 1 }, ...rowsFrom(2, 600)]);
    engine.script.refuse = () => true;
    expect(await replay({ run: former })).toMatchObject({ ledger: { read: 1, rejected: 1 } });
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded' });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it.each<[string, object]>([
    ['another system', {}],
    ['a store of Millrace’s own', { to: own }],
  ])('keeps each that %s refuses again, though in their runs they stood at one place', async (where, to) => {
    const sync = await engine.sync(`To ${where}`, { read: 'full', ...to });
    for (const id of [1, 2]) {
      engine.script.pages = [{ records: [{ id, name: 'any', changed: 1 }], positions: ['page 1, record 1'] }];
      await refusedRun(sync, []);
    }
    engine.script.refuse = () => true;
    expect(await replay({ sync })).toMatchObject({ ledger: { read: 2, rejected: 2 } });
    expect(await openRejects(sync)).toHaveLength(2);
  });

  it('does not delete what came again, where the first replay was refused one of its names again', async () => {
    const sync = await engine.sync('Refused to delete', { read: 'full', mapping: { id: 'as', name: 'name' } });
    engine.script.pages = [10, 11].map((as) => ({ records: [{ id: 1, as, name: 'old', changed: 1 }] }));
    await engine.run(sync);
    engine.script.pages = [{ records: [], deletes: [[1]] }];
    engine.script.answer = ({ op }) => (op === 'delete' ? rejected('remote_rejected', 'not now') : undefined);
    const former = (await engine.run(sync))._id;
    engine.script.pages = [{ records: [{ id: 1, as: 11, name: 'new', changed: 1 }] }];
    const later = await refusedRun(sync, []);
    engine.script.answer = ({ op, record }) =>
      op === 'delete' && record.id === 11 ? rejected('remote_rejected', 'not now') : undefined;
    await replay({ run: former });
    engine.script.answer = undefined;
    await replay({ run: later });
    expect(engine.script.received.get(11)).toMatchObject({ name: 'new' });
    await replay({ sync });
    expect([...engine.script.received.values()]).toEqual([{ id: 11, name: 'new' }]);
  });

  it('of a mirror ends with what the record became, where the first replay was refused it again', async () => {
    engine.script.rows = [{ id: 1, name: 'first', changed: 1 }];
    const sync = await engine.sync('Refused again of a mirror', { mode: 'mirror' });
    await engine.run(sync);
    engine.script.pages = ['old', 'new'].map((name) => ({ records: [{ id: 1, name, changed: 1 }] }));
    await refusedRun(sync, []);
    const rejects = await openRejects(sync);
    const idsOf = (name: string) => rejects.flatMap(({ id, raw }) => (raw.includes(name) ? id : []));
    engine.script.refuse = () => true;
    expect(await replay({ ids: idsOf('old') })).toMatchObject({ ledger: { read: 1, rejected: 1 } });
    engine.script.refuse = undefined;
    expect(await replay({ ids: idsOf('new') })).toMatchObject({ ledger: { read: 1, written: 1 } });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });

  it('does not bring back what the record was, where it became what the destination had already', async () => {
    engine.script.rows = [{ id: 1, name: 'same', changed: 1 }];
    const sync = await engine.sync('Same again', { read: 'full' });
    await engine.run(sync);
    const former = await refusedRun(sync, [{ id: 1, name: 'old', changed: 1 }]);
    engine.script.rows = [{ id: 1, name: 'same', changed: 1 }];
    engine.script.refuse = () => true;
    const resent = await engine.app.get(Runs).start(sync, { trigger: 'manual', resend: true });
    await untilEnded(engine.app.get(Runs), resent._id);
    engine.script.refuse = undefined;
    expect(await replay({ run: resent._id })).toMatchObject({ ledger: { read: 1, unchanged: 1 } });
    await replay({ run: former });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'same' });
  });

  it('does not bring back what the record was, though a mirror was refused it again further on', async () => {
    engine.script.pages = ['old', 'new', 'odd'].map((name) => ({ records: [{ id: 1, name, changed: 1 }] }));
    engine.script.refuse = ({ name }) => name !== 'new';
    const sync = await engine.sync('Refused on both sides', { mode: 'mirror' });
    await engine.run(sync);
    engine.script.refuse = undefined;
    const rejects = await openRejects(sync);
    expect(rejects).toHaveLength(2);
    await replay({ ids: rejects.flatMap(({ id, raw }) => (raw.includes('old') ? id : [])) });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'new' });
  });
});
