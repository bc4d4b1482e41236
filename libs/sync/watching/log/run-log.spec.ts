import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { createLog } from '#platform';
import { Runs } from '../../runs/runs.ts';
import { RunObservers } from '../../engine/run-observers.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import type { RunLogLineResponse, RunLogResponse } from './run-log.response.ts';
import { RunLogStore, runLogLimits, type OfferedLine } from './run-log-store.ts';
import { RunLogWriter } from './run-log-writer.ts';

describe('the log of a run', () => {
  let engine: ScriptedApp;
  let http: AxiosInstance;

  beforeAll(async () => {
    engine = await scriptedApp();
    http = axios.create({ baseURL: engine.url, headers: await engine.key('viewer'), validateStatus: () => true });
  });

  afterAll(() => engine.close());

  const linesOf = async (run: string, query = ''): Promise<RunLogLineResponse[]> => {
    const lines: RunLogLineResponse[] = [];
    for (let after = ''; ;) {
      const { data } = await http.get<RunLogResponse>(`/api/runs/${run}/log?limit=200${query}${after}`);
      lines.push(...data.data);
      if (data.next === null) return lines;
      after = `&after=${data.next}`;
    }
  };

  /** The end of a run is told just after it is stored. */
  const untilTold = async (run: string, message: RegExp): Promise<RunLogLineResponse[]> => {
    for (;;) {
      const lines = await linesOf(run);
      if (lines.some((line) => message.test(line.message))) return lines;
    }
  };

  it('tells its story in order, with what failed and what the connector said', async () => {
    Object.assign(engine.script, {
      rows: rowsFrom(1, 30),
      failures: [{ afterPage: 1 }],
      refuse: (row: { id: number }) => row.id === 3,
    });
    const { _id } = await engine.run(await engine.sync('Story'));
    const lines = await untilTold(_id, /succeeded/);
    expect(lines.map(({ level, message }) => `${level}: ${message.replace(/at \d.*Z/, 'at …')}`)).toEqual([
      'info: The run was made (trigger: manual).',
      'info: The run starts from the beginning: 1 slice planned.',
      'warn: A scripted failure. Nothing is to be done. The next attempt at the slice is at ….',
      'info: The run succeeded. 30 rows read: 29 written, 1 rejected.',
    ]);
    expect(lines[2]).toMatchObject({ slice: 'all', fields: { code: 'unreachable', attempts: 1 } });
    expect((await linesOf(_id, '&level=warn')).length).toBe(1);
  });

  it('takes lines of which some are there already, as their answer was lost, and goes on', async () => {
    const line = (n: number): OfferedLine => {
      return { _id: `line-${n}`, run: 'run_again', at: new Date(), level: 'info', message: `said ${n}`, always: false };
    };
    const store = engine.app.get(RunLogStore);
    await store.store('run_again', [line(1)]);
    await store.store('run_again', [line(1), line(2)]);
    await store.store('run_again', [line(3)]);
    const kept = await store.list('run_again', { limit: 10 });
    expect(kept.map(({ message }) => message)).toEqual(['said 1', 'said 2', 'said 3']);
  });

  it('has the lines of connectors without their secrets and addresses', async () => {
    const { _id } = await engine.run(await engine.sync('Said'));
    const log = engine.app.get(RunObservers).logOf(_id, silentLog(), 'all').withSecrets(['s3cret-key']);
    log.child({ connector: 'x' }).warn({ apiKey: 'abc', page: 3 }, 'slow down, s3cret-key of ann@example.com');
    log.debug({}, 'not of interest');
    const lines = await untilTold(_id, /slow down/);
    expect(lines.find(({ message }) => message.startsWith('slow down'))).toMatchObject({
      level: 'warn',
      message: 'slow down, [redacted] of [email]',
      fields: { connector: 'x', apiKey: '[redacted]', page: 3 },
      slice: 'all',
    });
  });

  it('is bounded, says so, and keeps the end', async () => {
    const { _id } = await engine.app
      .get(Runs)
      .start(await engine.sync('Chatty', { paused: true }), { trigger: 'manual' });
    const writer = engine.app.get(RunLogWriter);
    for (let part = 0; part < 3; part++) {
      for (let i = 0; i < 900; i++) writer.add(_id, { level: 'info', message: `line ${part}.${i}` });
      await writer.flush();
    }
    writer.add(_id, { level: 'info', message: 'the end' }, true);
    const lines = await linesOf(_id);
    expect(lines.filter(({ message }) => message.startsWith('line')).length).toBeLessThanOrEqual(runLogLimits.lines);
    expect(lines.filter(({ message }) => message.includes('log is full')).length).toBe(1);
    expect(lines.some(({ message }) => message === 'the end')).toBe(true);
  });

  it('is one of a known run', async () => {
    expect((await http.get('/api/runs/run_nobody/log')).status).toBe(404);
    expect((await http.get('/api/runs/run_nobody/log', { headers: { authorization: '' } })).status).toBe(401);
  });
});

function silentLog() {
  return createLog({ level: 'silent' });
}
