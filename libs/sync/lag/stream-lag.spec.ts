import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import type { Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { gate } from '#tools/testing';
import { Chains } from '../schedule/chains.ts';
import { Reconciler } from '../schedule/reconciler.ts';
import { scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import { brokerConnector, ScriptedBroker } from '../testing/scripted-broker.ts';

interface Seen {
  lag?: { records?: number; seconds?: number; at: string };
  reaches?: string;
  reason: string;
  activeRun?: string;
  lastRun?: { id: string };
}

describe('how far an endless stream is behind', () => {
  const broker = new ScriptedBroker();
  let engine: ScriptedApp;
  let api: AxiosInstance;
  let sync: string;

  beforeAll(async () => {
    engine = await scriptedApp({ streamRunSeconds: 3_600 }, [brokerConnector(broker)]);
    api = axios.create({ baseURL: engine.url, headers: await engine.key('operator') });
    const connections = engine.app.get(Connections);
    const { id } = await connections.create({ name: 'Broker', connector: 'scripted-broker', config: {} });
    sync = await engine.sync('Stream', { from: { connection: id, stream: 'group' } });
    await tick();
  });
  afterAll(() => engine.close());

  const tick = async (): Promise<void> => {
    await engine.app.get(Reconciler).sweep();
    await engine.app.get(Chains).sweep();
  };
  const rows = (from: number, to: number): Row[] =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `n${from + i}` }));
  const seen = async (): Promise<Seen> => (await api.get<Seen>(`/api/syncs/${sync}`)).data;
  const until = async (holds: (sync: Seen) => boolean): Promise<Seen> => {
    for (;;) {
      const now = await seen();
      if (holds(now)) return now;
      await delay(50);
    }
  };

  it('is told with the sync, the run and the metrics, and the sync reaches no further than that', async () => {
    const { opened: stalled, open: goOn } = gate();
    engine.script.onPush = () => stalled;
    broker.waitingSeconds = 7_200;
    broker.append('orders', ...rows(1, 25));

    const behind = await until(({ lag, reaches }) => (lag?.records ?? 0) > 0 && reaches !== undefined);
    expect(behind.lag).toMatchObject({ records: 25, seconds: 7_200 });
    expect(behind.reason).toMatch(/; 25 more wait\.$/);
    expect(Date.parse(behind.lag?.at ?? '') - Date.parse(behind.reaches ?? '')).toBe(7_200_000);
    const run = (await api.get<Seen>(`/api/runs/${behind.activeRun}`)).data;
    expect(run.lag).toMatchObject({ records: 25, seconds: 7_200 });
    const metrics = (await api.get<string>('/metrics')).data.split('\n');
    expect(metrics).toEqual(
      expect.arrayContaining([
        'millrace_stream_lag_records{source="scripted-broker"} 25',
        'millrace_stream_lag_seconds{source="scripted-broker"} 7200',
      ]),
    );

    goOn();
    const caughtUp = await until(({ lag, reaches }) => lag?.records === 0 && reaches === lag.at);
    expect(caughtUp.lag?.seconds).toBe(0);
    expect(caughtUp.reason).toMatch(/25 rows so far, the last one at [^;]*\.$/);

    await api.patch(`/api/syncs/${sync}`, { paused: true });
    await tick();
    const paused = await until(({ activeRun }) => activeRun === undefined);
    expect(paused.lag).toBeUndefined();
    expect(Date.parse(paused.reaches ?? '')).toBeGreaterThanOrEqual(Date.parse(caughtUp.reaches ?? '')); // it is told every few seconds
    const ended = (await api.get<Seen>(`/api/runs/${paused.lastRun?.id}`)).data;
    expect(ended.lag).toMatchObject({ records: 0 });
    const { days } = (await api.get<{ days: { maxLagSeconds?: number }[] }>(`/api/syncs/${sync}/trend?days=1`)).data;
    expect(days.at(-1)?.maxLagSeconds).toBe(7_200);
  });
});
