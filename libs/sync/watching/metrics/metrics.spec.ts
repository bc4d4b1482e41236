import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { MetricsServer } from '#platform';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';

const metricsToken = 'token-of-prometheus';

describe('the metrics', () => {
  let engine: ScriptedApp;
  let http: AxiosInstance;
  const withToken = { authorization: `Bearer ${metricsToken}` };

  beforeAll(async () => {
    engine = await scriptedApp({ metricsToken, metricsPort: 0 });
    http = axios.create({ baseURL: engine.url, validateStatus: () => true });
  });

  afterAll(() => engine.close());

  const samples = async (): Promise<string[]> => {
    const { data, headers } = await http.get<string>('/metrics', { headers: withToken });
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    return data.split('\n');
  };

  it('count rows, rejects, failures and runs by the connectors', async () => {
    Object.assign(engine.script, {
      rows: rowsFrom(1, 30),
      failures: [{ afterPage: 1 }],
      refuse: (row: { id: number }) => row.id === 3,
    });
    await engine.run(await engine.sync('Counted'));
    const between = 'source="scripted-source",destination="scripted-destination"';
    let told = await samples();
    const isOver = (): boolean =>
      ['millrace_runs_total{', 'millrace_queue_jobs{'].every((name) => told.some((line) => line.startsWith(name))) &&
      ['turns', 'runs'].every((what) => told.includes(`millrace_${what}_active 0`));
    while (!isOver()) told = await samples();
    expect(told.filter((line) => /^millrace_(?!.*_bucket)/.test(line))).toEqual(
      expect.arrayContaining([
        `millrace_rows_total{${between},fate="written"} 29`,
        `millrace_rows_total{${between},fate="rejected"} 1`,
        `millrace_rejects_total{${between},code="remote_rejected"} 1`,
        `millrace_turn_failures_total{${between},code="unreachable"} 1`,
        expect.stringMatching(/^millrace_page_seconds_count\{.*\} [1-9]/),
        `millrace_runs_total{${between},state="succeeded"} 1`,
        `millrace_run_seconds_count{${between},state="succeeded"} 1`,
        'millrace_turns_active 0',
        'millrace_runs_active 0',
        'millrace_syncs_overdue_seconds 0',
      ]),
    );
    expect(told.filter((line) => line.startsWith('millrace_queue_jobs{queue="slices"')).length).toBe(3);
    expect(told.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true);
    expect(told.some((line) => line.startsWith('nodejs_eventloop_lag_p99_seconds '))).toBe(true);
    expect(told.join('\n')).not.toMatch(/run_0|syn_0|con_0/);
  });

  it('are for those with the token or a key', async () => {
    expect((await http.get('/metrics')).status).toBe(401);
    expect((await http.get('/metrics', { headers: { authorization: 'Bearer mr_wrong' } })).status).toBe(401);
    expect((await http.get('/metrics', { headers: await engine.key('viewer') })).status).toBe(200);
    expect((await http.get('/api/runs', { headers: withToken })).status).toBe(401);
  });

  it('are on a port of their own, too', async () => {
    const alone = `http://127.0.0.1:${engine.app.get(MetricsServer).port}`;
    const get = (path: string, headers: object) =>
      axios.get<string>(alone + path, { headers, validateStatus: () => true });
    expect((await get('/metrics', {})).status).toBe(401);
    expect((await get('/api/runs', withToken)).status).toBe(404);
    expect((await get('/metrics', withToken)).data).toContain('millrace_turns_active 0');
  });
});
