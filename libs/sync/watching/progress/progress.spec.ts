import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { Runs } from '../../runs/runs.ts';
import { untilEnded } from '../../testing/until-ended.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import type { RunResponse } from '../../runs/run.response.ts';

describe('the progress of a run', () => {
  let engine: ScriptedApp;
  let http: AxiosInstance;

  beforeAll(async () => {
    engine = await scriptedApp();
    http = axios.create({ baseURL: engine.url, headers: await engine.key('viewer') });
  });

  afterAll(() => engine.close());

  it('tells speed, share and time left while it goes on, and all of it at the end', async () => {
    const held = gate();
    const reached = gate();
    Object.assign(engine.script, {
      rows: rowsFrom(1, 40),
      slices: [
        { id: 'low', spec: { from: 1, to: 20 }, weight: 1 },
        { id: 'high', spec: { from: 21, to: 40 }, weight: 3 },
      ],
      onPage: async (page: number, _: AbortSignal) => {
        if (page !== 1) return;
        reached.resolve();
        await held.promise;
      },
    });
    const { _id } = await engine.app.get(Runs).start(await engine.sync('Followed'), { trigger: 'manual' });
    await reached.promise;
    const show = async (): Promise<RunResponse> => (await http.get<RunResponse>(`/api/runs/${_id}`)).data;
    let during = await show();
    while (!during.progress?.rowsPerSecond) during = await show();
    expect(during.progress).toMatchObject({ share: 0, slices: { done: 0, of: 2 } });
    held.resolve();
    await untilEnded(engine.app.get(Runs), _id);
    expect((await show()).progress).toMatchObject({ share: 1, slices: { done: 2, of: 2 } });
    const stream = await http.get<string>(`/api/runs/${_id}/progress`, { responseType: 'text' });
    expect(stream.data).toContain('event: end');
    expect(stream.data).toContain('"share":1');
    const unknown = await http.get<object>('/api/runs/run_unknown/progress', { validateStatus: null });
    expect(unknown).toMatchObject({ status: 404, data: { code: 'not_found' } });
  });
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve };
}
