import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { MillraceError, type Json, type Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Collections } from '../../collections.ts';
import { Runs, Syncs, type SyncView } from '../../index.ts';
import { balances } from '../../runs/ledger.ts';
import type { Run } from '../../runs/run.schema.ts';
import { Chains } from '../../schedule/chains.ts';
import { Reconciler } from '../../schedule/reconciler.ts';
import { durableLanes, type Lanes } from './durable-lanes.ts';
import { scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { brokerConnector, ScriptedBroker } from '../../testing/scripted-broker.ts';

describe('endless streams', () => {
  const broker = new ScriptedBroker();
  let engine: ScriptedApp;
  let source: string;
  let names = 0;
  let stopped = false;

  beforeAll(async () => {
    const limits = { streamRunRows: 20, streamRunSeconds: 3600, subscriptions: 16 };
    engine = await scriptedApp(limits, [brokerConnector(broker)]);
    source = (await engine.app.get(Connections).create({ name: 'Broker', connector: 'scripted-broker', config: {} }))
      .id;
  });

  afterAll(() => (stopped ? dropTestDatabase(testServices()) : engine.close()));

  beforeEach(() => {
    broker.reset();
    Object.assign(engine.script, { received: new Map(), refuse: undefined, onPush: undefined });
  });

  const syncs = (): Syncs => engine.app.get(Syncs);
  const collections = (): Collections => engine.app.get(Collections);
  const follow = async (more: object = {}, stream = 'group'): Promise<string> => {
    const sync = await engine.sync(`Stream ${++names}`, { from: { connection: source, stream }, ...more });
    await tick();
    return sync;
  };
  const tick = async (): Promise<void> => {
    await engine.app.get(Reconciler).sweep();
    await engine.app.get(Chains).sweep();
  };
  const rows = (from: number, to: number, name = 'n'): Row[] =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `${name}${from + i}` }));
  const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
    for (;;) {
      if (await what()) return;
      await delay(20);
    }
  };
  const untilState = async (sync: string, state: string): Promise<SyncView> => {
    for (;;) {
      const view = await syncs().get(sync);
      if (view.state === state) return view;
      await delay(20);
    }
  };
  const received = (count: number) => until(() => engine.script.received.size === count);
  const runsOf = (sync: string): Promise<Run[]> => engine.app.get(Runs).list({ sync, limit: 100 });
  const active = async (sync: string): Promise<Run | undefined> => (await runsOf(sync)).find((run) => run.active);
  /** Ends the chain, and gives its runs, the first one first. */
  const pause = async (sync: string): Promise<Run[]> => {
    await syncs().change(sync, { paused: true });
    await tick();
    await until(async () => !(await active(sync)));
    return (await runsOf(sync)).reverse();
  };
  const total = (runs: Run[], column: keyof Run['ledger']) => runs.reduce((sum, run) => sum + run.ledger[column], 0);

  it('writes rows as they come, as a chain of runs that are each closed and balanced', async () => {
    const sync = await follow();
    expect(await syncs().get(sync)).toMatchObject({ read: 'stream', consumers: 1 });
    for (let from = 1; from <= 91; from += 10) {
      broker.append(from % 20 === 1 ? 'orders.$1' : '$all.of.them', ...rows(from, from + 9));
      await received(from + 9);
    }
    await until(async () => (await syncs().get(sync)).reason.startsWith('Listening since'));
    const runs = await pause(sync);
    expect(runs.length).toBeGreaterThanOrEqual(5);
    for (const run of runs) {
      expect(run).toMatchObject({ state: 'succeeded', trigger: 'chain' });
      expect(balances(run.ledger)).toBe(true);
    }
    expect(total(runs, 'read')).toBe(100);
    expect(total(runs, 'written')).toBe(100);
    expect(Object.fromEntries(broker.committed)).toEqual({ 'orders.$1': 50, '$all.of.them': 50 });
    expect(await syncs().get(sync)).toMatchObject({
      state: 'paused',
      startsFrom: { lanes: { 'orders.$1': 50, '$all.of.them': 50 } },
    });
    expect(broker.members).toBe(0);
  });

  it('ends well when its connector is disabled, and goes on when it is enabled again', async () => {
    const { Catalog } = await import('#catalog');
    const catalog = engine.app.get(Catalog);
    const sync = await follow();
    broker.append('orders', ...rows(1, 3));
    await received(3);
    await catalog.setEnabled('scripted-broker', false, 'being repaired');
    await engine.app.get(Chains).sweep(new Date(Date.now() + 11_000)); // connections are looked at every ten seconds
    await tick();
    await until(async () => !(await active(sync)));
    expect((await runsOf(sync)).map(({ state }) => state)).not.toContain('failed');
    await catalog.setEnabled('scripted-broker', true);
    await tick();
    broker.append('orders', ...rows(4, 5));
    await received(5);
    await pause(sync);
  });

  it('goes on where it was after a pause, without the broker keeping anything', async () => {
    broker.append('shard', ...rows(1, 7));
    const sync = await follow({}, 'shards');
    await received(7);
    await pause(sync);
    broker.append('shard', ...rows(8, 9));
    await expect(engine.app.get(Runs).start(sync, { trigger: 'manual' })).rejects.toMatchObject({ code: 'conflict' });
    await syncs().change(sync, { paused: false });
    await tick();
    await received(9);
    expect(total(await pause(sync), 'read')).toBe(9);
  });

  it('says what it is doing while nothing comes, and has one subscription', async () => {
    const sync = await follow();
    await until(() => broker.members === 1);
    const view = await syncs().get(sync);
    expect(view.state).toBe('running');
    expect(view.reason).toMatch(/^Listening since .*; 0 rows so far\.$/);
    broker.append('orders', ...rows(1, 1));
    await until(async () => /1 row so far, the last one at 2/.test((await syncs().get(sync)).reason));
    await expect(syncs().startFrom(sync, null)).rejects.toMatchObject({ code: 'run_active' });
    expect(broker.subscriptions).toBe(1);
    await pause(sync);
  });

  it('loses nothing when a worker is replaced in the middle of a page', async () => {
    const sync = await follow();
    await until(() => broker.members === 1);
    let crashes = 3;
    engine.script.onPush = async () => {
      if (crashes-- > 0) await crash(sync);
    };
    broker.append('orders', ...rows(1, 15));
    await until(async () => {
      await tick();
      return engine.script.received.size === 15 && broker.committed.get('orders') === 15;
    });
    const runs = await pause(sync);
    expect(total(runs, 'read')).toBe(15);
    expect(runs.every(({ ledger }) => balances(ledger))).toBe(true);
  });

  it.each(['group', 'shards'])('lets lanes move between consumers (%s)', async (stream) => {
    const sync = await follow({ consumers: 2 }, stream);
    await until(() => broker.members === 2);
    let pushing = 0;
    const overlaps: unknown[] = [];
    engine.script.onPush = async ([first]) => {
      if (pushing++ > 0) overlaps.push(first);
      await delay(5);
      pushing--;
    };
    broker.pageSize = 2;
    for (let version = 1; version <= 6; version++) {
      broker.append('orders', ...rows(1, 5, `v${version}-`));
      await until(() => engine.script.received.size > 0);
      broker.move('orders', version % 2);
    }
    const places = async () => JSON.stringify(await lanesOf(sync));
    await until(async () => (await places()).includes(':30'));
    const runs = await pause(sync);
    expect([...engine.script.received.values()]).toEqual(rows(1, 5, 'v6-'));
    expect(overlaps).toEqual([]);
    expect(runs.every(({ ledger, state }) => balances(ledger) && state === 'succeeded')).toBe(true);
    expect(total(runs, 'read')).toBeGreaterThanOrEqual(30);
  });

  it('rests when its run is cancelled, until it is resumed', async () => {
    broker.append('orders', ...rows(1, 3));
    const sync = await follow();
    await received(3);
    await engine.app.get(Runs).cancel((await active(sync))?._id ?? '');
    await until(async () => !(await active(sync)));
    expect(await syncs().get(sync)).toMatchObject({ state: 'paused', startsFrom: { lanes: { orders: 3 } } });
    await tick();
    expect(await active(sync)).toBeUndefined();
    await syncs().change(sync, { paused: false });
    broker.append('orders', ...rows(4, 5));
    await tick();
    await received(5);
    expect((await pause(sync)).map(({ state }) => state)).toEqual(['cancelled', 'succeeded']);
  });

  it('tries again what may pass, and rests after what does not', async () => {
    const sync = await follow();
    await until(() => broker.members === 1);
    broker.append('orders', ...rows(1, 2));
    await received(2);
    broker.fail(new MillraceError('unreachable', 'The broker is away. Look after it.'));
    expect((await untilState(sync, 'waiting')).reason).toMatch(/The broker is away.*next attempt is at/);
    broker.mend();
    broker.append('orders', ...rows(3, 4));
    await received(4);

    broker.fail(new MillraceError('authentication_failed', 'The password is wrong. Enter another.'));
    await untilState(sync, 'failed');
    await tick();
    expect((await syncs().get(sync)).reason).toMatch(/The password is wrong.*The next one is due at/);
    expect(await syncs().get(sync)).toMatchObject({ startsFrom: { lanes: { orders: 4 } } });
    expect(await active(sync)).toBeUndefined();
    // Somebody changed it: it need not wait.
    broker.mend();
    await syncs().change(sync, { name: 'Mended' });
    await tick();
    broker.append('orders', ...rows(5, 5));
    await received(5);
    await pause(sync);
  });

  it.each([5, {}, { cursor: 5 }, { lanes: 5 }, { lanes: [1] }])('begins at no place such as %j', async (startsFrom) => {
    const sync = await engine.sync(`Stream ${++names}`, {
      from: { connection: source, stream: 'group' },
      paused: true,
    });
    await expect(syncs().startFrom(sync, startsFrom as Json)).rejects.toMatchObject({ code: 'bad_request' });
    const lanes = { lanes: { orders: 5 } };
    expect(await syncs().startFrom(sync, lanes)).toMatchObject({ startsFrom: lanes });
    expect((await syncs().startFrom(sync, null)).startsFrom).toBeUndefined();
  });

  it('tells at once that a page could not be written, though nothing else comes, and writes it then', async () => {
    let away = true;
    engine.script.onPush = () => {
      if (away) throw new Error('the destination is away');
    };
    const sync = await follow();
    await until(() => broker.members === 1);
    broker.append('orders', ...rows(1, 2));
    await until(async () => /is away/.test((await syncs().get(sync)).reason));
    away = false;
    await received(2);
    const runs = await pause(sync);
    expect(total(runs, 'written')).toBe(2);
  });

  it('does not take a page that could not be written for one when its run is closed meanwhile', async () => {
    const sync = await follow();
    let closing = false;
    engine.script.onPush = async () => {
      if (closing) return;
      await syncs().change(sync, { paused: true });
      await tick();
      await until(async () => (await active(sync))?.closing === true);
      closing = true;
      throw new MillraceError('authentication_failed', 'The password is wrong. Enter another.');
    };
    broker.append('orders', ...rows(1, 2));
    await until(async () => closing && !(await active(sync)));
    const [run] = await runsOf(sync);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'authentication_failed' } });
  });

  it('keeps what it cannot write, once, and goes by what the sync says now', async () => {
    engine.script.refuse = ({ id }) => id === 2;
    broker.append('orders', ...rows(1, 3));
    const sync = await follow();
    await until(() => broker.committed.get('orders') === 3);
    await syncs().change(sync, { mapping: { id: 'id', name: { value: 'changed' } } });
    const before = await active(sync);
    await tick();
    await until(async () => ((await active(sync))?._id ?? before?._id) !== before?._id);
    broker.append('orders', ...rows(4, 4));
    await received(3);
    expect(engine.script.received.get(4)).toEqual({ id: 4, name: 'changed' });
    const runs = await pause(sync);
    expect(runs).toHaveLength(2);
    expect(runs[0]?.ledger).toMatchObject({ read: 3, written: 2, rejected: 1 });
  });

  it.each([
    [{ read: 'full' }, 'group', /has no end/],
    [{ schedule: { every: '15m' } }, 'group', /leave out the `schedule`/],
    [{ mode: 'mirror' }, 'group', /no full read/],
    [{ consumers: 2 }, 'both', /Only an endless stream has `consumers`/],
    [{ read: 'incremental' }, 'both', /has no cursor/],
  ])('refuses %j of "%s"', async (more, stream, message) => {
    await expect(follow(more, stream)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(message),
    });
  });

  it('reads a stream that can do both, then follows it', async () => {
    broker.append('orders', ...rows(1, 4));
    const sync = await follow({}, 'both');
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 4, written: 4 });
    await syncs().change(sync, { read: 'stream' });
    const scheduled = syncs().change(sync, { schedule: { every: '15m' } });
    await expect(scheduled).rejects.toMatchObject({ code: 'bad_request' });
    await tick();
    broker.append('orders', ...rows(5, 6));
    await received(6);
    await pause(sync);
  });

  it('gives every row, whatever the order of pages, crashes and moves', async () => {
    const act = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ lane: fc.constantFrom('a', 'b.$'), append: fc.integer({ min: 1, max: 7 }) }),
      },
      { weight: 2, arbitrary: fc.record({ lane: fc.constantFrom('a', 'b.$'), move: fc.integer({ min: 0, max: 1 }) }) },
      { weight: 1, arbitrary: fc.constant({ crash: true }) },
      { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 20 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 4, maxLength: 12 }),
        fc.constantFrom('group', 'shards'),
        async (acts, stream) => {
          broker.reset();
          broker.pageSize = 3;
          engine.script.received = new Map();
          engine.script.onPush = () => delay(1);
          const sync = await follow({ consumers: 2 }, stream);
          const expected = new Map<unknown, Row>();
          const appended = new Map<string, number>();
          for (const one of acts) {
            if ('append' in one) {
              const before = appended.get(one.lane) ?? 0;
              const more = Array.from({ length: one.append }, (_, i) => ({
                id: `${one.lane}${(before + i) % 4}`,
                name: `${before + i}`,
              }));
              broker.append(one.lane, ...more);
              appended.set(one.lane, before + one.append);
              for (const row of more) expected.set(row.id, row);
            } else if ('move' in one) broker.move(one.lane, one.move);
            else if ('crash' in one) await crash(sync);
            else await delay(one.wait);
          }
          await until(async () => {
            await tick();
            const lanes = await lanesOf(sync);
            return [...appended].every(([lane, count]) => lanes[lane] === count);
          });
          const runs = await pause(sync);
          expect(new Map([...engine.script.received].sort())).toEqual(new Map([...expected].sort()));
          expect(runs.every(({ ledger, state }) => balances(ledger) && state === 'succeeded')).toBe(true);
          expect(total(runs, 'read')).toBeGreaterThanOrEqual(
            [...appended.values()].reduce((sum, count) => sum + count, 0),
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('gives the subscription back at once when the process stops', async () => {
    broker.append('orders', ...rows(1, 2));
    const sync = await follow();
    await until(() => broker.committed.get('orders') === 2);
    const run = (await active(sync))?._id;
    const { mongodbUri } = testServices();
    await engine.app.close();
    stopped = true;
    expect(broker.members).toBe(0);
    const client = await mongo.MongoClient.connect(mongodbUri);
    const slice = await client.db().collection('slices').findOne({ run });
    await client.close();
    expect(slice).toMatchObject({ state: 'pending', ledger: { read: 2 } });
    expect(slice).not.toHaveProperty('leaseUntil');
  });

  /** As if another worker had taken the slice over: whoever works on it can commit nothing. */
  const crash = async (sync: string): Promise<void> => {
    const run = await active(sync);
    await collections().slices.updateMany(
      { run: run?._id, state: 'working' },
      { $set: { state: 'pending' }, $inc: { epoch: 1 }, $unset: { leaseUntil: '' } },
    );
  };

  /** Where the lanes stand by now. */
  const lanesOf = async (sync: string): Promise<Lanes> => {
    const run = await active(sync);
    const slices = await collections().slices.find({ run: run?._id }).toArray();
    return run ? durableLanes(run, slices) : {};
  };
});
