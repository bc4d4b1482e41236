import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { MillraceError, ok, pending, rejected, retry, unknown, type PushRow } from '@millrace/sdk';
import { Rejects } from '../rejects/rejects.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { untilHeld } from '../testing/until-held.ts';
import type { BatchRow } from './batch.schema.ts';

describe('delivery to another system', () => {
  const script = emptyScript();
  let engine: TestEngine;
  let pushed: PushRow[][];
  let batchIds: string[];

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    reset(script);
    script.entries = [];
    pushed = [];
    batchIds = [];
    script.onPush = (rows, { batchId }) => {
      pushed.push(rows);
      batchIds.push(batchId);
    };
  });

  const keysSent = (): string[] => pushed.flat().map(({ key }) => key);
  const batches = () => engine.app.get<Connection>(getConnectionToken()).collection('batches');
  const openBatches = () => batches().countDocuments();
  const keysIn = (content: string) => (JSON.parse(content) as BatchRow[]).flatMap(({ rows: [row] }) => row?.key ?? []);
  const toEntries = { mode: 'insert', mapping: { id: 'id' } };
  const entries = () => ({ ...toEntries, to: { connection: engine.destination, object: 'entry' } });

  it('sends only what changed since it was acknowledged, and everything when told so', async () => {
    script.rows = people(1, 25);
    const sync = await engine.make('Changes', { read: 'full' });
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 25, written: 25 });
    pushed = [];
    script.rows = people(1, 26).map((row) => (row.id === 7 ? { ...row, name: 'new' } : row));
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 26, written: 2, unchanged: 24 });
    expect(keysSent().sort()).toEqual(['26', '7']);
    expect(script.received.get(7)).toEqual({ id: 7, name: 'new' });
  });

  it('sends what was refused again, as long as it is refused', async () => {
    script.rows = people(1, 3);
    script.answer = ({ key }) => (key === '2' ? rejected('remote_rejected', 'no') : undefined);
    const sync = await engine.make('Refused', { read: 'full' });
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 3, written: 2, rejected: 1 });
    pushed = [];
    script.answer = undefined;
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 3, written: 1, unchanged: 2 });
    expect(keysSent()).toEqual(['2']);
  });

  it('refuses a row that nobody could store, and carries the others over', async () => {
    const deep = JSON.parse(`${'{"in":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as object;
    script.rows = people(1, 4);
    Object.assign(script.rows[1] ?? {}, { deep });
    Object.assign(script.rows[2] ?? {}, { total: 10n });
    const ended = await engine.run(
      await engine.make('Poison', { mapping: { id: 'id', deep: 'deep', total: 'total' } }),
    );
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 4, written: 2, rejected: 2 } });
    const kept = await engine.app.get(Rejects).list(ended._id, { limit: 10 });
    expect(kept.map(({ code, key, replayable }) => [code, key, replayable])).toEqual([
      ['row_too_large', '2', false],
      ['invalid_row', '3', false],
    ]);
  });

  it('does not take for a row what the source could not make one of, though it is an object', async () => {
    const reject = {
      raw: { id: 2, data: '{"broken' },
      position: 'p2',
      code: 'malformed_row' as const,
      message: 'no JSON',
    };
    script.pages = [{ records: people(1, 1), rejects: [reject] }];
    const ended = await engine.run(await engine.make('Unread'));
    expect(ended.ledger).toMatchObject({ read: 2, written: 1, rejected: 1 });
    const kept = await engine.app.get(Rejects).list(ended._id, { limit: 10 });
    expect(kept.map(({ raw, replayable }) => [JSON.parse(raw) as unknown, replayable])).toEqual([[reject.raw, false]]);
  });

  it('repeats a batch under its id until the destination is back', async () => {
    script.rows = people(1, 10);
    let down = 2;
    script.answer = () => {
      if (down-- > 0) throw new MillraceError('unreachable', 'The destination is down. Wait.');
      return undefined;
    };
    const sync = await engine.make('Down');
    expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 10, written: 10 } });
    expect(new Set(batchIds).size).toBe(1);
    expect(script.received.size).toBe(10);
  });

  it('sends again what may have arrived where that is harmless, and counts nothing twice', async () => {
    script.rows = people(1, 10);
    let once = true;
    script.answer = ({ key }) => {
      if (key !== '4' || !once) return undefined;
      once = false;
      return unknown('timed out');
    };
    const ended = await engine.run(await engine.make('Unknown'));
    expect(ended.ledger).toMatchObject({ read: 10, written: 10 });
    expect(ended.effects.unknown).toBeUndefined();
    expect(keysSent().filter((key) => key === '4')).toHaveLength(2);
  });

  it.each([
    ['atLeastOnce', 2, 4],
    ['atMostOnce', 1, 3],
  ])('where a repeat is a duplicate: %s, and what is not known is reported', async (delivery, unknowns, received) => {
    script.rows = people(1, 3);
    let doubts = delivery === 'atLeastOnce' ? 2 : 1;
    script.answer = ({ key }) => (key === '2' && doubts-- > 0 ? unknown('timed out') : undefined);
    const ended = await engine.run(await engine.make(delivery, { ...entries(), delivery }));
    expect(ended).toMatchObject({
      state: 'succeeded',
      ledger: { read: 3, written: 3 },
      effects: { unknown: unknowns },
    });
    expect(script.entries).toHaveLength(received + (delivery === 'atLeastOnce' ? 1 : 0));
  });

  it('sends what for sure did not arrive again, even where at most once is asked for', async () => {
    script.rows = people(1, 3);
    let down = 2;
    script.answer = () => {
      if (down-- > 0) throw new MillraceError('unreachable', 'The destination is down. Wait.');
      return undefined;
    };
    const ended = await engine.run(await engine.make('Sure', { ...entries(), delivery: 'atMostOnce' }));
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 3, written: 3 }, effects: { created: 3 } });
    expect(ended.effects.unknown).toBeUndefined();
    expect(script.entries).toHaveLength(3);
  });

  it('does not add a row again that shares the boundary with the last run', async () => {
    script.rows = people(1, 5);
    const sync = await engine.make('Boundary', entries());
    await engine.run(sync);
    script.rows = [...people(1, 5), { id: 6, name: 'n6', changed: 5 }];
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 2, written: 1, unchanged: 1 });
    expect(script.entries?.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('polls what the destination has not done yet, and waits without its worker', async () => {
    script.rows = people(1, 12);
    const asked: string[] = [];
    script.answer = ({ key }) => pending(`t${key}`);
    script.poll = (token) => {
      asked.push(token);
      const times = asked.filter((one) => one === token).length;
      if (times === 1) return pending(token);
      return token === 't3' ? rejected('remote_rejected', 'refused after all') : ok({ created: 1 });
    };
    const ended = await engine.run(await engine.make('Pending'));
    expect(ended).toMatchObject({
      state: 'succeeded',
      ledger: { read: 12, written: 11, rejected: 1 },
      effects: { created: 11 },
    });
    expect(pushed).toHaveLength(2);
  });

  it('keeps the order of what concerns the same thing', async () => {
    script.pageSize = 1;
    script.rows = [1, 2, 3].map((changed) => ({ id: 1, name: `v${changed}`, changed }));
    let first = true;
    script.answer = () => {
      if (!first) return undefined;
      first = false;
      return retry(300, 'later');
    };
    await engine.run(await engine.make('Order'));
    expect(script.received.get(1)).toEqual({ id: 1, name: 'v3' });
  });

  it('keeps what the destination puts off, and only that', async () => {
    script.rows = people(1, 30);
    script.answer = ({ key }) => (key === '15' ? pending('t15') : undefined);
    let kept: string[][] = [];
    script.poll = async () => {
      kept = (await batches().find().toArray()).map(({ content }) => keysIn(content as string));
      return ok({ created: 1 });
    };
    expect((await engine.run(await engine.make('Puts off'))).ledger).toMatchObject({ read: 30, written: 30 });
    expect(kept).toEqual([people(11, 20).map(({ id }) => String(id))]);
    expect(keysSent()).toHaveLength(30);
  });

  it('leaves no batch behind, whether a run succeeds or fails', async () => {
    script.rows = people(1, 30);
    script.answer = ({ key }) => {
      if (key === '21') throw new MillraceError('authentication_failed', 'The key is gone. Renew it.');
      return undefined;
    };
    const ended = await engine.run(await engine.make('Fails'));
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'authentication_failed' } });
    expect(await openBatches()).toBe(0);
  });

  describe('as a mirror', () => {
    const mirror = { mode: 'mirror' };

    it('removes what the source no longer has, and only that', async () => {
      script.rows = people(1, 30);
      const sync = await engine.make('Mirror', mirror);
      await engine.run(sync);
      script.rows = people(3, 31);
      const ended = await engine.run(sync);
      expect(ended).toMatchObject({
        state: 'succeeded',
        ledger: { read: 29, written: 1, unchanged: 28 },
        effects: { deleted: 2 },
      });
      expect([...script.received.keys()].sort((a, b) => Number(a) - Number(b))).toEqual(
        people(3, 31).map(({ id }) => id),
      );
    });

    it('does not remove a row that could not be mapped this time', async () => {
      script.rows = people(1, 5);
      const sync = await engine.make('Bad row', {
        ...mirror,
        mapping: { id: 'id', name: 'name | trim', age: 'age | number' },
      });
      await engine.run(sync);
      script.rows = people(1, 5).map((row) => (row.id === 2 ? { ...row, age: 'old' } : row));
      expect((await engine.run(sync)).ledger).toMatchObject({ rejected: 1, unchanged: 4 });
      expect(script.received.has(2)).toBe(true);
    });

    it('asks before it removes much, and does it once it is approved', async () => {
      script.rows = people(1, 100);
      const sync = await engine.make('Guarded', mirror);
      await engine.run(sync);
      script.rows = people(1, 60);
      const held = await untilHeld(engine.runs, await engine.start(sync));
      expect(held.reason).toContain('40 of 100 rows (40 %)');
      expect(script.received.size).toBe(100);
      expect(await engine.syncs.get(sync)).toMatchObject({ state: 'held', reason: expect.stringContaining('Approve') });
      await engine.runs.approve(held._id);
      expect(await engine.untilEnded(held._id)).toMatchObject({ state: 'succeeded', effects: { deleted: 40 } });
      expect(script.received.size).toBe(60);
    });

    it('asks before an empty read removes anybody', async () => {
      script.rows = people(1, 5);
      const sync = await engine.make('Empty', mirror);
      await engine.run(sync);
      script.rows = [];
      const held = await untilHeld(engine.runs, await engine.start(sync));
      expect(held).toMatchObject({ hold: 'deletions', reason: expect.stringContaining('Nothing was read') });
      await engine.runs.cancel(held._id);
      expect(await engine.untilEnded(held._id)).toMatchObject({ state: 'cancelled' });
      expect(script.received.size).toBe(5);
    });

    it('removes under the old name what has a new one', async () => {
      script.rows = people(1, 3);
      const sync = await engine.make('Renamed', { ...mirror, mapping: { id: 'name | trim' } });
      await engine.run(sync);
      script.rows = people(1, 3).map((row) => (row.id === 2 ? { ...row, name: 'renamed' } : row));
      expect(await engine.run(sync)).toMatchObject({ effects: { deleted: 1 } });
      expect([...script.received.keys()].sort()).toEqual(['n1', 'n3', 'renamed']);
    });

    it('tries again what the destination would not remove', async () => {
      script.rows = people(1, 5);
      const sync = await engine.make('Stubborn', mirror);
      await engine.run(sync);
      script.rows = people(2, 5);
      script.answer = ({ op }) => (op === 'delete' ? rejected('remote_rejected', 'still in use') : undefined);
      const ended = await engine.run(sync);
      expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 4, unchanged: 4 }, effects: { undeleted: 1 } });
      script.answer = undefined;
      expect(await engine.run(sync)).toMatchObject({ effects: { deleted: 1 } });
    });

    it('does not remove a row that it has just sent and nobody knows whether it arrived', async () => {
      script.rows = people(1, 30);
      const to = { connection: engine.destination, object: 'message' };
      const sync = await engine.make('Doubtful', { ...mirror, to, delivery: 'atMostOnce' });
      await engine.run(sync);
      script.rows = people(2, 30).map((row) => (row.id === 5 ? { ...row, name: 'new' } : row));
      script.answer = ({ op, key }) => (op === 'upsert' && key === '5' ? unknown('no answer') : undefined);
      expect((await engine.run(sync)).effects).toEqual({ unknown: 1, deleted: 1 });
      expect([...script.received.keys()].sort((a, b) => Number(a) - Number(b))).toEqual(
        people(2, 30).map(({ id }) => id),
      );
    });
  });
});
