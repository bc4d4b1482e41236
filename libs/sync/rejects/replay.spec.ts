import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { rejected, type PushRow } from '@millrace/sdk';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import { untilEnded } from '../testing/until-ended.ts';
import { Runs } from '../index.ts';

interface Reject {
  id: string;
  run: string;
  code: string;
  raw: string;
  replayable: boolean;
  replayedIn?: string;
  outdatedIn?: string;
}

describe('refused rows', () => {
  let engine: ScriptedApp;
  let headers: { authorization: string };

  beforeAll(async () => {
    engine = await scriptedApp();
    headers = await engine.key('operator');
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    engine.script.refuse = undefined;
    engine.script.onPush = undefined;
    engine.script.answer = undefined;
    engine.script.pages = undefined;
    engine.script.received.clear();
  });

  const get = async (query: object) =>
    (await axios.get<{ data: Reject[]; next: string | null }>(`${engine.url}/api/rejects`, { params: query, headers }))
      .data;
  const post = async <T>(path: string, body: object) =>
    axios.post<T>(`${engine.url}/api/rejects/${path}`, body, { headers, validateStatus: () => true });
  const replay = async (body: object) => {
    const { status, data } = await post<{ id: string }>('replay', body);
    expect(status).toBe(202);
    return untilEnded(engine.app.get(Runs), data.id);
  };

  it('are found, and mapped again once the cause is gone', async () => {
    engine.script.rows = rowsFrom(1, 20);
    engine.script.refuse = ({ id }) => Number(id) % 5 === 0;
    const sync = await engine.sync('Fixed later');
    const { _id: run } = await engine.run(sync);
    const found = await get({ sync, open: true, limit: 3 });
    expect(found.data.map(({ code, replayable }) => [code, replayable])).toEqual(
      Array.from({ length: 3 }, () => ['remote_rejected', true]),
    );
    expect((await get({ sync, open: true, after: found.next })).data).toHaveLength(1);
    expect((await get({ run, code: 'invalid_row' })).data).toEqual([]);

    engine.script.refuse = ({ id }) => id === 5;
    const again = await replay({ run });
    expect(again).toMatchObject({ state: 'succeeded', ledger: { read: 4, written: 3, rejected: 1 } });
    expect(engine.script.received.get(10)).toEqual({ id: 10, name: 'n10' });
    // What was refused again is told of that run; the former ones name the run that tells.
    const open = (await get({ sync, open: true })).data;
    expect(open.map((reject) => [reject.run, JSON.parse(reject.raw) as unknown])).toEqual([
      [again._id, expect.objectContaining({ id: 5 })],
    ]);
    expect((await get({ run })).data.map(({ replayedIn }) => replayedIn)).toEqual(Array(4).fill(again._id));

    engine.script.refuse = undefined;
    const [last] = open;
    expect(await replay({ ids: [last?.id] })).toMatchObject({ ledger: { read: 1, written: 1 } });
    expect((await get({ sync, open: true })).data).toEqual([]);
    expect(engine.script.received.size).toBe(20);
  });

  it('show their originals to operators only: they may hold sensitive traits', async () => {
    engine.script.rows = rowsFrom(1, 1);
    engine.script.refuse = () => true;
    const { _id: run } = await engine.run(await engine.sync('Not for everybody'));
    const viewer = await engine.key('viewer');
    const shown = async (as: { authorization: string }): Promise<unknown[]> => {
      const found = await Promise.all(
        ['rejects', `runs/${run}/rejects`].map((path) =>
          axios.get<{ data: Reject[] }>(`${engine.url}/api/${path}`, { params: { limit: 1 }, headers: as }),
        ),
      );
      return found.map(({ data }) => data.data.map(({ raw, code }) => [code, raw]));
    };
    expect(await shown(viewer)).toEqual([[['remote_rejected', undefined]], [['remote_rejected', undefined]]]);
    expect(await shown(headers)).toEqual([
      [['remote_rejected', expect.stringContaining('"id":1')]],
      [['remote_rejected', expect.stringContaining('"id":1')]],
    ]);
  });

  it('tell the value that did not fit to operators only', async () => {
    engine.script.rows = [{ id: 1, name: '123-45-6789', changed: 1 }];
    await engine.run(await engine.sync('A number', { mapping: { id: 'id', ssn: 'name | number' } }));
    const shown = async (as: { authorization: string }): Promise<string[]> => {
      const { data } = await axios.get<{ data: { message: string }[] }>(`${engine.url}/api/rejects`, { headers: as });
      return data.data.map(({ message }) => message);
    };
    const [toViewers = ''] = await shown(await engine.key('viewer'));
    const [toOperators = ''] = await shown(headers);
    expect(toOperators).toContain(', but the value is "123-45-6789". Correct');
    expect(toViewers).toBe(toOperators.replace(', but the value is "123-45-6789"', ''));
  });

  it('do not bring back what is outdated: the destination has got a newer row since', async () => {
    engine.script.rows = [{ id: 1, name: 'old', changed: 1 }];
    engine.script.refuse = ({ name }) => name === 'old';
    const sync = await engine.sync('Outdated');
    await engine.run(sync);
    engine.script.rows = [{ id: 1, name: 'new', changed: 2 }];
    await engine.run(sync);
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 0 } });
    expect(engine.script.received.get(1)).toEqual({ id: 1, name: 'new' });
    expect((await get({ sync, open: true })).data).toEqual([]);
  });

  it.each([
    ['got it before', [{ id: 7, name: 'old', changed: 1 }]],
    ['never got it', []],
  ])('do not bring back what the source has deleted since: the destination %s', async (title, records) => {
    engine.script.pages = [{ records }];
    const sync = await engine.sync(title);
    await engine.run(sync);
    engine.script.pages = [{ records: [7, 8].map((id) => ({ id, name: 'new', changed: 2 })) }];
    engine.script.refuse = () => true;
    await engine.run(sync);
    engine.script.refuse = undefined;
    engine.script.pages = [{ records: [], deletes: [[7]] }];
    const { _id: outdatedIn } = await engine.run(sync);
    expect((await get({ sync })).data.map((reject) => reject.outdatedIn)).toEqual(
      expect.arrayContaining([outdatedIn, undefined]),
    );
    expect((await get({ sync, open: true })).data.map(({ raw }) => raw)).toEqual([expect.stringContaining('"id":8')]);
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 1, written: 1 } });
    expect([...engine.script.received.keys()]).toEqual([8]);
  });

  it('do not bring back what the source has taken back since: the destination has it just as it is', async () => {
    const record = (name: string, id: number) => ({ id, name, changed: 1 });
    const told = (name: string) => [{ records: [1, 2].map((id) => record(name, id)) }];
    engine.script.pages = told('good');
    const sync = await engine.sync('Taken back', { read: 'full' });
    await engine.run(sync);
    engine.script.pages = told('bad');
    engine.script.refuse = () => true;
    await engine.run(sync);
    engine.script.refuse = undefined;
    engine.script.pages = [{ records: [record('good', 1)] }];
    expect(await engine.run(sync)).toMatchObject({ ledger: { read: 1, unchanged: 1 } });
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 1, written: 1 } });
    expect([...engine.script.received.values()].map(({ name }) => name)).toEqual(['good', 'bad']);
  });

  it('stay open where the destination has what the record was before, and it was refused as it became', async () => {
    const was = { id: 1, name: '1', changed: 1 };
    engine.script.pages = [{ records: [was] }];
    const to = { connection: engine.connections[1], object: 'message' };
    const mapping = { id: 'id', name: 'name | number' };
    const sync = await engine.sync('Became', { to, mode: 'insert', read: 'full', mapping });
    await engine.run(sync);
    engine.script.pages = [{ records: [was, { ...was, name: '13' }, { ...was, name: 'no number' }] }];
    engine.script.refuse = ({ name }) => name === 13;
    expect(await engine.run(sync)).toMatchObject({ ledger: { read: 3, unchanged: 1, rejected: 2 } });
    expect((await get({ sync, open: true })).data).toHaveLength(2);
  });

  it('are appended late rather than never, whatever has been appended of the record since', async () => {
    const to = { connection: engine.connections[1], object: 'message' };
    engine.script.refuse = ({ name }) => name === 'first';
    const sync = await engine.sync('Appended', { to, mode: 'insert', read: 'full' });
    for (const name of ['first', 'second']) {
      engine.script.pages = [{ records: [{ id: 1, name, changed: 1 }] }];
      await engine.run(sync);
    }
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ ledger: { read: 1, written: 1 } });
    expect(engine.script.received.get(1)).toEqual({ id: 1, name: 'first' });
  });

  it('do not bring back what the record was: the destination has got it as it became in the same run', async () => {
    engine.script.pages = ['old', 'new'].map((name) => ({ records: [{ id: 1, name, changed: 1 }] }));
    engine.script.refuse = ({ name }) => name === 'old';
    const sync = await engine.sync('Became on the next page', { read: 'full' });
    expect(await engine.run(sync)).toMatchObject({ ledger: { read: 2, written: 1, rejected: 1 } });
    engine.script.refuse = undefined;
    await replay({ sync });
    expect(engine.script.received.get(1)).toEqual({ id: 1, name: 'new' });
  });

  it('tell what the destination said of a row to operators only', async () => {
    engine.script.rows = rowsFrom(1, 1);
    engine.script.answer = () => rejected('remote_rejected', 'ssn 123-45-6789 is none');
    const { _id: run } = await engine.run(await engine.sync('Said elsewhere'));
    const told = async (as: { authorization: string }): Promise<string[]> => {
      const { data } = await axios.get<{ data: { message: string }[] }>(`${engine.url}/api/runs/${run}/rejects`, {
        headers: as,
      });
      return data.data.map(({ message }) => message);
    };
    expect(await told(await engine.key('viewer'))).toEqual([
      'The destination refused the row. The role operator sees what it said.',
    ]);
    expect(await told(headers)).toEqual(['ssn 123-45-6789 is none']);
  });

  it('are sent as they were read: of what one record was and became, the last one stays', async () => {
    const ids = Array.from({ length: 400 }, (_, id) => id);
    const told = (name: string) => ({ records: ids.map((id) => ({ id, name, changed: 1 })) });
    engine.script.refuse = () => true;
    const sync = await engine.sync('In their order', { read: 'full' });
    for (const page of [told('old'), told('new'), { records: [{ id: 2, name: 'newest', changed: 1 }] }]) {
      engine.script.pages = [page];
      await engine.run(sync);
    }
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 801, rejected: 0 } });
    expect(engine.script.received.size).toBe(400);
    expect([...engine.script.received.values()].filter(({ name }) => name !== 'new')).toEqual([
      { id: 2, name: 'newest' },
    ]);
    expect((await get({ sync, open: true })).data).toEqual([]);
  });

  it('stay open where the source deleted the record before, or the deletion itself was refused', async () => {
    engine.script.pages = [
      {
        records: [
          { id: 7, name: 'old', changed: 1 },
          { id: 8, name: 'old', changed: 1 },
        ],
      },
    ];
    const sync = await engine.sync('Still open');
    await engine.run(sync);
    const times = {
      records: ['2026-01-01T00:00:02.000Z'],
      deletes: ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:01.000Z'],
    };
    engine.script.pages = [{ records: [{ id: 7, name: 'new', changed: 2 }], deletes: [[7], [8]], times }];
    engine.script.answer = () => rejected('remote_rejected', 'not now');
    await engine.run(sync);
    engine.script.answer = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 2, written: 2 } });
    expect([...engine.script.received]).toEqual([[7, { id: 7, name: 'new' }]]);
  });

  it('are not replayed where there are none, or one that was named cannot be', async () => {
    engine.script.rows = [
      { id: 1, name: 'short', changed: 1 },
      { id: 2, name: 'x'.repeat(100_001), changed: 1 },
    ];
    engine.script.refuse = () => true;
    const sync = await engine.sync('Nothing to mend');
    const { _id: run } = await engine.run(sync);
    const all = (await get({ run })).data;
    const broken = all.find(({ replayable }) => !replayable);
    const nothing = {
      status: 409,
      data: { code: 'conflict', detail: expect.stringContaining('replayable') as unknown },
    };
    expect(await post('replay', { ids: [broken?.id] })).toMatchObject(nothing);
    const detail = expect.stringContaining(`1 of these rows cannot be mapped again (${broken?.id}): `) as unknown;
    expect(await post('replay', { ids: all.map(({ id }) => id) })).toMatchObject({ status: 409, data: { detail } });
    engine.script.refuse = undefined;
    expect(await replay({ sync })).toMatchObject({ state: 'succeeded', ledger: { read: 1, written: 1 } });
    expect(await post('replay', { sync })).toMatchObject(nothing);
    expect(await post('replay', { run })).toMatchObject(nothing);
  });

  it('are not replayed as rows where a mirror was refused to remove them: the next run tries again', async () => {
    engine.script.rows = rowsFrom(1, 3);
    const sync = await engine.sync('Removals', { mode: 'mirror' });
    await engine.run(sync);
    engine.script.rows = rowsFrom(1, 2);
    engine.script.answer = ({ op }) => (op === 'delete' ? rejected('remote_rejected', 'still in use') : undefined);
    const { _id: run } = await engine.run(sync);
    engine.script.answer = undefined;
    const kept = (await get({ run })).data;
    expect(kept.map(({ raw, replayable }) => [raw, replayable])).toEqual([['{"id":3}', false]]);
    expect(await post('replay', { run })).toMatchObject({ status: 409 });
    expect(engine.script.received.get(3)).toMatchObject({ name: 'n3' });
    expect(await engine.run(sync)).toMatchObject({ effects: { deleted: 1 } });
  });

  it('keep the time that they were read at', async () => {
    engine.script.rows = [{ id: 3, name: 'x', changed: 1 }];
    engine.script.refuse = () => true;
    const sync = await engine.sync('Dated', { read: 'full' });
    const first = await engine.run(sync);
    engine.script.refuse = undefined;
    const rows: PushRow[] = [];
    engine.script.onPush = (pushed) => void rows.push(...pushed);
    await replay({ sync });
    expect(rows.map(({ at }) => at)).toEqual([first.until.toISOString()]);
  });

  it.each([
    ['by the destination', {}],
    ['as they cannot be mapped', { mapping: { id: 'id', name: 'name | number' } }],
  ])('keep the time that their source told, however often they are refused: %s', async (title, more) => {
    const told = '2026-01-02T03:04:05.000Z';
    engine.script.pages = [{ records: [{ id: 3, name: 'x' }], times: { records: [told] } }];
    engine.script.refuse = () => true;
    const sync = await engine.sync(`Told: ${title}`, { ...more, read: 'full' });
    await engine.run(sync);
    await replay({ sync });
    engine.script.refuse = undefined;
    const rows: PushRow[] = [];
    engine.script.onPush = (pushed) => void rows.push(...pushed);
    await axios.patch(`${engine.url}/api/syncs/${sync}`, { mapping: { id: 'id' } }, { headers });
    await replay({ sync });
    expect(rows.map(({ at }) => at)).toEqual([told]);
  });

  it('are found by an address without naming it in a URL', async () => {
    engine.script.rows = [{ id: 4, name: 'Ann@Example.com', changed: 1 }];
    engine.script.refuse = () => true;
    const sync = await engine.sync('Address');
    await engine.run(sync);
    const { data } = await post<{ data: Reject[] }>('lookup', { email: 'ann@example.COM' });
    expect(data.data.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual([expect.objectContaining({ id: 4 })]);
  });

  it.each([
    ['replay', {}, 400, 'bad_request'],
    ['replay', { ids: ['unknown'] }, 400, 'bad_request'],
    ['replay', { run: 'run_unknown' }, 404, 'not_found'],
    ['replay', { sync: 'nobody' }, 404, 'not_found'],
    ['replay', { code: 'bad luck', sync: 'x' }, 400, 'bad_request'],
    ['lookup', { email: 'nobody' }, 400, 'bad_request'],
  ])('POST %s %j: %i %s', async (path, body, status, code) => {
    expect(await post(path, body)).toMatchObject({ status, data: { code } });
  });
});
