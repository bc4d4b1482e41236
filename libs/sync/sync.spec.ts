import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { emptyScript, people, reset, testEngine, type TestEngine } from './testing/test-engine.ts';
import type { SyncView } from './syncs/sync-views.ts';
import { untilEnded } from './testing/until-ended.ts';

describe('the engine', () => {
  const script = emptyScript();
  let engine: TestEngine;
  let app: TestEngine['app'];
  let syncs: TestEngine['syncs'];
  let runs: TestEngine['runs'];
  let source: string;
  let destination: string;
  let make: TestEngine['make'];
  let run: TestEngine['run'];

  beforeAll(async () => {
    engine = await testEngine(script);
    ({ app, syncs, runs, source, destination, make, run } = engine);
  });
  afterAll(() => engine.stop());
  beforeEach(() => reset(script));

  it('carries every row over, page by page, and accounts for it', async () => {
    script.rows = people(1, 35);
    script.refuse = (record) => record.id === 7;
    const ended = await run(await make('All'));
    expect(ended).toMatchObject({
      state: 'succeeded',
      ledger: { read: 35, written: 34, rejected: 1, unchanged: 0, superseded: 0, filtered: 0 },
    });
    expect(script.received.size).toBe(34);
    expect(script.received.get(8)).toEqual({ id: 8, name: 'n8' });
  });

  it('is not changed by a PUT that says the same', async () => {
    const dto = {
      name: 'Same',
      from: { connection: source, stream: 'rows' },
      to: { connection: destination, object: 'thing' },
      mapping: { id: 'id', name: 'name' },
      schedule: { every: '1h' },
    };
    const { view, created } = await syncs.put('same-again', dto);
    expect(created).toBe(true);
    const again = await syncs.put('same-again', { ...dto, mapping: { name: 'name', id: 'id' } });
    expect(again).toEqual({ view, created: false });
    const labelled = await syncs.put('same-again', { ...dto, labels: ['x'] });
    expect(labelled).toMatchObject({ view: { revision: 2 }, created: false });
  });

  it('is made once by PUTs at the same time, each of which is answered', async () => {
    const dto = {
      name: 'At once',
      from: { connection: source, stream: 'rows' },
      to: { connection: destination, object: 'thing' },
      mapping: { id: 'id' },
    };
    const made = await Promise.all(Array.from({ length: 4 }, () => syncs.put('at-once', dto)));
    expect(new Set(made.map(({ view }) => view._id)).size).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    const changed = await Promise.all(
      ['x', 'x', 'y'].map((label) => syncs.put('at-once', { ...dto, labels: [label] })),
    );
    expect(changed.map(({ view }) => view.labels)).toEqual([['x'], ['x'], ['y']]);
    await expect(syncs.put('same-again', { ...dto, slug: 'at-once' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is told in a list as it is told alone, while it runs, too', async () => {
    script.rows = people(1, 3);
    await make('Resting');
    const running = await make('Listed');
    const seen: { listed: SyncView[]; alone: SyncView[] }[] = [];
    script.onPage = async () => {
      const listed = await syncs.list({ limit: 200 });
      seen.push({ listed, alone: await Promise.all(listed.map(({ _id }) => syncs.get(_id))) });
    };
    await run(running);
    expect(seen[0]?.listed).toEqual(seen[0]?.alone);
    expect(seen[0]?.listed.find(({ _id }) => _id === running)).toMatchObject({ state: 'running' });
  });

  it('goes on where it was, in whatever order its source is written', async () => {
    script.rows = people(1, 3);
    const sync = await make('Ordered');
    await run(sync);
    const from = { stream: 'rows', connection: source };
    expect(await syncs.change(sync, { from, labels: ['x'] })).toMatchObject({ revision: 2, startsFrom: { cursor: 3 } });
  });

  it('loses nothing of a run that ends while somebody changes it', async () => {
    script.rows = people(1, 5);
    const sync = await make('Changed', { schedule: { every: '1h' } });
    const earlier = new Date(Date.now() + 1_800_000);
    script.onDiscovery = async () => {
      script.onDiscovery = undefined;
      await run(sync);
      await engine.collections.syncs.updateOne({ _id: sync }, { $set: { nextRunAt: earlier } });
    };
    const changed = await syncs.change(sync, { mapping: { id: 'id' }, filter: { field: 'id', is: 'exists' } });
    expect(changed).toMatchObject({ revision: 2, startsFrom: { cursor: 5 }, state: 'ok', nextRunAt: earlier });
    expect(await syncs.change(sync, { filter: null as never })).not.toHaveProperty('filter');
    const stored = await engine.collections.syncs.findOne({ _id: sync });
    expect(stored).toMatchObject({
      lastRun: { state: 'succeeded', ledger: { read: 5, written: 5 } },
      reaches: expect.any(Date),
      startsFrom: { cursor: 5 },
    });
  });

  it('is due when it was, whatever else is changed', async () => {
    const sync = await make('Due', { schedule: { every: '1h' } });
    const { nextRunAt } = await syncs.get(sync);
    expect(nextRunAt).toBeInstanceOf(Date);
    expect(await syncs.change(sync, { labels: ['x'] })).toMatchObject({ revision: 2, nextRunAt });
    expect(await syncs.change(sync, { mapping: { id: 'id' } })).toMatchObject({ revision: 3, nextRunAt });
    expect((await syncs.change(sync, { schedule: { every: '2h' } })).nextRunAt).not.toEqual(nextRunAt);
    await syncs.change(sync, { paused: true });
    const resumed = await syncs.change(sync, { paused: false });
    expect(resumed.nextRunAt?.getTime()).toBeGreaterThan(Date.now() + 7_000_000);
  });

  it('goes on where it was when the source breaks down in the middle', async () => {
    script.rows = people(1, 50);
    script.failures = [{ afterPage: 2 }];
    const ended = await run(await make('Interrupted'));
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 50, written: 50 } });
    expect(script.received.size).toBe(50);
  });

  it('reads only what is new, from the second run on', async () => {
    script.rows = people(1, 20);
    const sync = await make('Incremental');
    expect((await run(sync)).ledger.read).toBe(20);
    script.rows = people(1, 23);
    const second = await run(sync);
    // The row at the boundary is read again, so that none that shares its value is lost.
    expect(second.ledger).toMatchObject({ read: 4, written: 3, unchanged: 1 });
    expect((await syncs.get(sync)).startsFrom).toEqual({ cursor: 23 });
  });

  it('is not led astray by a cursor that is nonsense or far ahead, and says so', async () => {
    const times = ['2026-01-01T00:00:00Z', 'not a date', '9999-01-01T00:00:00Z'];
    script.rows = times.map((changed, i) => ({ id: i + 1, name: `n${i}`, changed }));
    const sync = await make('Astray');
    expect(await run(sync)).toMatchObject({ ledger: { written: 3 }, notices: [{ code: 'stray_cursor' }] });
    expect((await syncs.get(sync)).reason).toContain('The cursor of a row');
    script.rows.push({ id: 4, name: 'n4', changed: '2026-01-02T00:00:00Z' });
    expect((await run(sync)).ledger).toMatchObject({ read: 4, written: 1 });
    expect((await syncs.get(sync)).startsFrom).toEqual({ cursor: '2026-01-02T00:00:00Z' });
  });

  it.each([null, { a: 1 }, true, ''])('starts from no cursor such as %j', async (cursor) => {
    const sync = await make('Broken cursor');
    await expect(syncs.startFrom(sync, { cursor })).rejects.toMatchObject({ code: 'bad_request' });
    expect(await syncs.startFrom(sync, { cursor: 5 })).toMatchObject({ startsFrom: { cursor: 5 } });
    await expect(syncs.startFrom(sync, { cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('up to 5, and "nonsense" is no number'),
    });
    expect(await syncs.startFrom(sync, { cursor: '7' })).toMatchObject({ startsFrom: { cursor: '7' } });
  });

  it.each([
    ['2026-01-01T00:00:00Z', { cursor: 17 }, 'and 17 is no time'],
    ['v17-blue', { cursor: 17 }, 'and 17 is no text'],
    ['v17-blue', 'v18-blue', '`startsFrom` is { "cursor": … }'],
    [17, { curser: 18 }, '`startsFrom` is { "cursor": … }'],
  ])('does not go from the cursor %j to %j', async (cursor, next, said) => {
    const sync = await make('Another cursor');
    await syncs.startFrom(sync, { cursor });
    const refused = { code: 'bad_request', message: expect.stringContaining(said) as unknown };
    await expect(syncs.startFrom(sync, next)).rejects.toMatchObject(refused);
    expect(await syncs.get(sync)).toMatchObject({ startsFrom: { cursor } });
    await syncs.startFrom(sync, null);
    expect(await syncs.startFrom(sync, next)).toMatchObject({ startsFrom: next });
  });

  it('reads slices on their own and closes the run when all are through', async () => {
    script.rows = people(1, 40);
    script.slices = [
      { id: 'low', spec: { from: 1, to: 20 } },
      { id: 'high', spec: { from: 21, to: 40 } },
    ];
    expect(await run(await make('Sliced'))).toMatchObject({ state: 'succeeded', ledger: { read: 40, written: 40 } });
  });

  it('says why a run failed, and that in the state of the sync', async () => {
    script.rows = people(1, 5);
    script.failures = [{ afterPage: 0, code: 'authentication_failed' }];
    const sync = await make('Refused');
    const { error } = await run(sync);
    expect(error).toMatchObject({ code: 'authentication_failed', connection: source });
    expect(await syncs.get(sync)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('scripted failure'),
    });
  });

  it('says which connection a failure came from, and where a run that read nothing is odd', async () => {
    script.rows = people(1, 5);
    script.refuse = () => {
      throw new MillraceError('authentication_failed', 'Refused by the script. Nothing is to be done.');
    };
    const sync = await make('Sides', { read: 'full' });
    expect(await run(sync)).toMatchObject({ state: 'failed', error: { connection: destination } });
    expect(await syncs.get(sync)).not.toHaveProperty('reaches');
    script.refuse = undefined;
    const whole = await run(sync);
    expect((await syncs.get(sync)).reaches).toEqual(whole.until);
    script.rows = [];
    expect(await run(sync)).toMatchObject({ state: 'succeeded', notices: [{ code: 'nothing_read' }] });
  });

  it('says when every row was refused', async () => {
    script.rows = people(1, 12);
    script.refuse = () => true;
    const sync = await make('Refused all');
    const { _id } = await run(sync);
    expect(await syncs.get(sync)).toMatchObject({
      state: 'ok',
      reason: expect.stringContaining(`All 12 rows were rejected: GET /api/runs/${_id}/rejects`),
    });
  });

  it('has one active run a sync, and ends it when it is cancelled', async () => {
    script.rows = people(1, 30);
    let reached = (): void => undefined;
    const atFirstPage = new Promise<void>((resolve) => (reached = resolve));
    script.onPage = (_, signal) => {
      reached();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const sync = await make('Cancelled');
    const { _id } = await runs.start(sync, { trigger: 'manual' });
    await atFirstPage;
    await expect(runs.start(sync, { trigger: 'manual' })).rejects.toMatchObject({ code: 'run_active' });
    expect((await syncs.get(sync)).state).toBe('running');
    await runs.cancel(_id);
    expect(await untilEnded(runs, _id)).toMatchObject({ state: 'cancelled' });
    await expect(runs.cancel(_id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('filters, and rests while a connector is disabled', async () => {
    script.rows = people(1, 10);
    const sync = await make('Filtered', { filter: { field: 'id', is: 'atMost', value: 4 } });
    expect((await run(sync)).ledger).toMatchObject({ read: 10, written: 4, filtered: 6 });
    const { Catalog } = await import('#catalog');
    await app.get(Catalog).setEnabled('scripted-source', false, 'being repaired');
    expect(await syncs.get(sync)).toMatchObject({
      state: 'disabled',
      reason: expect.stringContaining('being repaired'),
    });
    await expect(runs.start(sync, { trigger: 'manual' })).rejects.toMatchObject({ code: 'connector_disabled' });
    await app.get(Catalog).setEnabled('scripted-source', true);
  });

  it('keeps a vain filter that was saved before, whatever else is changed', async () => {
    const sync = await make('Vain', { filter: { field: 'name', is: 'contains', value: 'n' } });
    const saved = { field: 'name', is: 'contains' as const, value: '' };
    await engine.collections.syncs.updateOne({ _id: sync }, { $set: { filter: saved } });
    expect(await syncs.change(sync, { mapping: { id: 'id' } })).toMatchObject({ filter: saved });
    await expect(syncs.change(sync, { filter: { not: saved } })).rejects.toMatchObject({
      code: 'invalid_condition',
      message: expect.stringContaining('every text contains an empty one'),
    });
  });

  it.each([
    [{ from: { connection: 'nobody', stream: 'rows' } }, 'not_found'],
    [{ mapping: { id: 'id | explode' } }, 'invalid_mapping'],
    [{ filter: { field: 'id', is: 'resembles', value: 1 } }, 'invalid_condition'],
    [{ filter: { field: 'at', is: 'equals', value: { ago: '30d' } } }, 'invalid_condition'],
    [{ filter: { not: { field: 'name', is: 'contains', value: '' } } }, 'invalid_condition'],
    [{ schedule: { cron: 'whenever' } }, 'invalid_schedule'],
    [{ mode: 'mirror', read: 'incremental' }, 'bad_request'],
    [{ mode: 'update' }, 'bad_request'],
  ])('refuses a sync with %j: %s', async (more, code) => {
    await expect(make('Wrong', more)).rejects.toMatchObject({ code });
  });
});
