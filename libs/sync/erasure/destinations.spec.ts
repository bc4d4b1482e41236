import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rejected, retry } from '@millrace/sdk';
import { Settings } from '#platform';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { DestinationDeletions, KnownPeople } from './index.ts';

describe('telling destinations of somebody who was erased', () => {
  const script: Script = emptyScript();
  const now = new Date();
  let engine: TestEngine;
  let known: KnownPeople;
  let deletions: DestinationDeletions;

  beforeAll(async () => {
    engine = await testEngine(script);
    known = engine.app.get(KnownPeople);
    deletions = engine.app.get(DestinationDeletions);
  });
  beforeEach(() => {
    reset(script);
    script.rows = people(1, 3);
    script.entries = [];
  });
  afterAll(() => engine.stop());

  const forget = (request: string): Promise<number> =>
    known.forgetRecords(request, [`${engine.source}/rows/2`, `${engine.source}/rows/99`, 'con_other/rows/2'], now);

  it('deletes what came of their source records, and waits for a destination that is down', async () => {
    const sync = await engine.make('deletes');
    await engine.run(sync);
    expect(await forget('prq_1')).toBe(1);
    expect(await forget('prq_1')).toBe(0);
    const [open] = await deletions.open('prq_1');
    expect(open).toEqual({ sync, object: 'thing' });
    script.answer = () => retry(3_600_000, 'Closed for the night.');
    await expect(deletions.tell('prq_1', { sync, object: 'thing' })).rejects.toThrow('Closed for the night.');
    script.answer = undefined;
    const told = { sync, syncName: 'deletes', connection: engine.destination, object: 'thing' };
    expect(await deletions.tell('prq_1', { sync, object: 'thing' })).toEqual({ ...told, deleted: 1, byHand: 0 });
    expect([...script.received.keys()]).toEqual([1, 3]);
    expect(await deletions.open('prq_1')).toEqual([]);
  });

  it('finds what was read under some keys, or under any number of keys that begin alike', async () => {
    script.rows = people(1, 1_500);
    await engine.run(await engine.make('keys'));
    const keys = {
      connections: ['con_other', engine.source],
      keys: ['99', 'x'],
      starts: ['10', '11', '12', '13', '14', '3|'],
    };
    const others = [...script.received.keys()].filter((id) => !/^(1[0-4]\d*|99)$/.test(String(id)));
    let found = 0;
    for await (const { rows } of known.ofKeys(keys)) found += rows.length;
    expect(found).toBe(1_500 - others.length);
    expect(await known.forgetKeys('prq_4', keys, now)).toBe(found);
    expect(await known.forgetKeys('prq_4', keys, now)).toBe(0);
    for (let open = await deletions.open('prq_4'); open[0]; open = await deletions.open('prq_4'))
      await deletions.tell('prq_4', open[0]);
    expect([...script.received.keys()]).toEqual(others);
  });

  it('gives up on a destination that never answers, and tells it again', async () => {
    const sync = await engine.make('hangs');
    await engine.run(sync);
    await forget('prq_3');
    const settings = engine.app.get(Settings);
    const { stallTimeout } = settings;
    let left = false;
    script.onPush = (_, { signal }) => {
      if (left) return;
      signal.addEventListener('abort', () => (left = true));
      return new Promise<void>(() => undefined);
    };
    settings.stallTimeout = 0.2;
    await expect(deletions.tell('prq_3', { sync, object: 'thing' })).rejects.toMatchObject({ code: 'timeout' });
    settings.stallTimeout = stallTimeout;
    expect(left).toBe(true);
    expect(await deletions.tell('prq_3', { sync, object: 'thing' })).toMatchObject({ deleted: 1, byHand: 0 });
  });

  it('says what is left to do by hand: a destination that cannot delete, or refuses to', async () => {
    const to = { connection: engine.destination, object: 'entry' };
    const appends = await engine.make('appends', { to, mode: 'insert' });
    const refuses = await engine.make('refuses');
    await engine.run(appends);
    await engine.run(refuses);
    expect(await forget('prq_2')).toBeGreaterThanOrEqual(2);
    script.answer = () => rejected('permission_denied', 'Only its owner may.');
    expect(await deletions.tell('prq_2', { sync: appends, object: 'entry' })).toMatchObject({
      ...{ deleted: 0, byHand: 1 },
      reason: 'The destination cannot delete.',
    });
    expect(await deletions.tell('prq_2', { sync: refuses, object: 'thing' })).toMatchObject({
      ...{ deleted: 0, byHand: 1 },
      reason: 'The destination refused the deletion.',
    });
  });
});
