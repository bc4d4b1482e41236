import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { Collections } from '../../collections.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { RunLogWriter } from '../log/run-log-writer.ts';
import type { OverviewResponse } from '../overview/overview.response.ts';
import type { TrendResponse } from '../trend/trend.response.ts';
import { Retention } from './retention.ts';

const day = 86_400_000;

describe('history', () => {
  let engine: ScriptedApp;
  let http: AxiosInstance;
  let sync: string;
  let ids: string[];

  beforeAll(async () => {
    engine = await scriptedApp();
    http = axios.create({ baseURL: engine.url, headers: await engine.key('viewer'), validateStatus: () => true });
    Object.assign(engine.script, { rows: rowsFrom(1, 20), refuse: (row: { id: number }) => row.id === 3 });
    sync = await engine.sync('Old', { read: 'full' });
    ids = [];
    for (let i = 0; i < 4; i++) ids.push((await engine.run(sync))._id);
  });

  afterAll(() => engine.close());

  it('is told by day', async () => {
    const { data, status } = await http.get<TrendResponse>(`/api/syncs/${sync}/trend?days=7`);
    expect(status).toBe(200);
    expect(data.days.length).toBe(7);
    const all = data.days.reduce((sum, { ledger }) => sum + ledger.read, 0);
    expect(all).toBe(80);
    expect(data.days.flatMap(({ runs }) => runs.succeeded ?? []).reduce((a, b) => a + b)).toBe(4);
    expect(data.lagSeconds).toBeGreaterThanOrEqual(0);
    expect((await http.get(`/api/syncs/${sync}/trend?days=9000`)).status).toBe(400);
    expect((await http.get('/api/syncs/nobody/trend')).status).toBe(404);
  });

  it('is told of the whole installation', async () => {
    await engine.sync('Late', { paused: true });
    const { data } = await http.get<OverviewResponse>('/api/overview');
    expect(data).toMatchObject({
      syncs: { ok: 1, paused: 1 },
      runs: { succeeded: 4 },
      ledger: { read: 80, rejected: 4 },
      queues: { slices: { active: 0 } },
      processes: { api: 1, worker: 1 },
    });
    expect(data.overdue).toBeUndefined();
  });

  it('names what is late', async () => {
    const { syncs } = engine.app.get(Collections);
    await syncs.insertOne({
      ...(await syncs.findOne({ _id: sync }))!,
      _id: 'syn_late',
      name: 'Too late',
      nextRunAt: new Date(Date.now() - 3_600_000),
    });
    expect((await http.get<OverviewResponse>('/api/overview')).data.overdue).toMatchObject({ name: 'Too late' });
    await syncs.deleteOne({ _id: 'syn_late' });
  });

  it('loses slices and logs first, then runs, but not what the next run is judged by', async () => {
    const { runs, slices } = engine.app.get(Collections);
    await engine.app.get(RunLogWriter).flush();
    const retention = engine.app.get(Retention);
    const rejectsOf = async (id: string) => (await http.get<{ data: [] }>(`/api/runs/${id}/rejects`)).data.data.length;

    await retention.sweep(new Date(Date.now() + 5 * day));
    expect(await slices.countDocuments({ run: { $in: ids } })).toBe(4);

    await retention.sweep(new Date(Date.now() + 30 * day));
    expect(await slices.countDocuments({ run: { $in: ids } })).toBe(0);
    expect((await http.get<{ data: [] }>(`/api/runs/${ids[0]}/log`)).data.data).toEqual([]);
    const shown = await http.get(`/api/runs/${ids[0]}`);
    expect(shown.data).toMatchObject({ state: 'succeeded', ledger: { read: 20 }, progress: { share: 1 } });
    expect(await rejectsOf(ids[0] ?? '')).toBe(1);

    await retention.sweep(new Date(Date.now() + 300 * day));
    expect((await runs.find({ sync }).toArray()).map(({ _id }) => _id)).toEqual([ids[3]]);
    expect((await http.get(`/api/runs/${ids[0]}`)).status).toBe(404);
    expect((await http.get(`/api/syncs/${sync}`)).data).toMatchObject({ state: 'ok', lastRun: { id: ids[3] } });
  });
});
