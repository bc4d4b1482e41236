import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import { DryRun } from './dry-run.ts';

describe('a dry run to a destination that cannot look', () => {
  let engine: ScriptedApp;

  beforeAll(async () => {
    engine = await scriptedApp();
  });

  afterEach(() => void jest.useRealTimers());
  afterAll(() => engine.close());

  const stored = async (): Promise<unknown[]> => {
    const collections = (await engine.app.get<Connection>(getConnectionToken()).db?.collections()) ?? [];
    return Promise.all(
      collections
        .filter(({ collectionName }) => !/^(paces|run_log|processes$)/.test(collectionName)) // noted of the run a little later, or now and then
        .map(async (one) => [one.collectionName, await one.find().sort({ _id: 1 }).toArray()]),
    );
  };

  it('shows rows of several pages, compares them with what was acknowledged, and sends and stores nothing', async () => {
    const { script } = engine;
    script.rows = [...rowsFrom(1, 14), { id: 15, changed: 15, name: 3 }];
    script.pageSize = 4;
    const sync = await engine.sync('Dry', {
      mapping: { id: 'id', name: 'name | trim' },
      filter: { not: { field: 'id', is: 'equals', value: 2 } },
    });
    await engine.run(sync);
    const sent = new Map(script.received);
    script.rows = [{ id: 1, changed: 20, name: 'other' }, ...rowsFrom(2, 16)];
    const before = await stored();
    const rows = await engine.app.get(DryRun).rows({ sync, limit: 9 });
    expect(await stored()).toEqual(before);
    expect(script.received).toEqual(sent);
    expect(rows.map(({ fate }) => fate)).toEqual(['mapped', 'filtered', ...new Array<string>(7).fill('mapped')]);
    expect(rows[0]).toMatchObject({
      outputs: { thing: { id: 1, name: 'other' } },
      changes: { thing: { change: 'update', differences: [] } },
    });
    expect(rows[2]?.changes?.thing?.change).toBe('unchanged');
    const all = await engine.app.get(DryRun).rows({ sync, limit: 20 });
    expect(all.at(-1)?.changes?.thing?.change).toBe('create');
  });

  it('gives up on a source that never answers, and heeds no signal', async () => {
    const { script } = engine;
    const sync = await engine.sync('Silent');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'Date'] });
    script.onPage = () => {
      setImmediate(() => jest.advanceTimersByTime(30_000));
      return new Promise<void>(() => undefined);
    };
    const silent = { code: 'timeout', message: expect.stringContaining('The dry run took longer than 30 s.') };
    await expect(engine.app.get(DryRun).rows({ sync })).rejects.toMatchObject(silent);
    delete script.onPage;
  });
});
