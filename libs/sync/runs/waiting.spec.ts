import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { MillraceError, retry, unknown } from '@millrace/sdk';
import { RunObservers } from '../engine/run-observers.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { RunResponse } from './run.response.ts';
import type { RunError } from './run.schema.ts';

describe('a run whose other side is in trouble', () => {
  const script = emptyScript();
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterAll(() => engine.stop());
  beforeEach(() => reset(script));

  it('waits for its source, and says what for and until when', async () => {
    script.rows = people(1, 30);
    let down = true;
    script.onPage = async (page) => {
      if (down && page === 1) throw new MillraceError('unreachable', 'It is down. Nothing is to be done.');
    };
    const sync = await engine.make('Source down');
    const run = await engine.start(sync);
    expect(await untilWaiting(sync)).toMatch(/^It is down\. .* The next attempt is at \d{4}-/);
    const { code, connection } = await untilError(run);
    expect(['unreachable', 'service_unavailable']).toContain(code); // the latter once it has failed three times
    expect(connection).toBe(engine.source);
    down = false;
    expect(await engine.untilEnded(run)).toMatchObject({ state: 'succeeded', ledger: { read: 30, written: 30 } });
    expect(await engine.syncs.get(sync)).toMatchObject({ state: 'ok' });
    expect((await engine.runs.get(run)).error).toBeUndefined();
  });

  it('waits for its destination, a day at most, and says what that said', async () => {
    script.rows = people(1, 30);
    script.answer = ({ record }) => (record.id === 17 ? retry(1e15, 'Come back later.') : undefined);
    const sync = await engine.make('Destination down');
    const run = await engine.start(sync);
    expect(await untilWaiting(sync)).toContain('The destination has put rows off. It says: Come back later.');
    const { error, notBefore } = await engine.runs.get(run);
    expect(error).toMatchObject({ code: 'rate_limited', connection: engine.destination });
    expect(notBefore?.getTime()).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000);
    await engine.runs.cancel(run);
    const ended = await engine.untilEnded(run);
    expect(ended).toMatchObject({ state: 'cancelled', ledger: { read: 30, written: 20 } });
    expect(RunResponse.of(ended).ledger).toMatchObject({ read: 30, written: 20, unsettled: 10 });
  });

  it('tells what a destination without keys says that cannot tell what has arrived', async () => {
    script.rows = people(1, 3);
    script.entries = [];
    script.answer = ({ record }) => (record.id === 2 ? unknown('The answer timed out.') : retry(60_000));
    const to = { connection: engine.destination, object: 'entry' };
    const sync = await engine.make('In doubt', { to, mode: 'insert', mapping: { id: 'id' }, delivery: 'atLeastOnce' });
    const notes: string[] = [];
    engine.app.get(RunObservers).add({ noted: (_, { message }) => void notes.push(message) });
    const run = await engine.start(sync);
    const told = 'It is not known whether rows have arrived (The answer timed out.).';
    expect(await untilWaiting(sync)).toContain(told);
    expect(notes).toContainEqual(expect.stringContaining(told));
    await engine.runs.cancel(run);
    await engine.untilEnded(run);
  });

  async function untilWaiting(sync: string): Promise<string> {
    for (;;) {
      const { state, reason } = await engine.syncs.get(sync);
      if (state === 'waiting') return reason;
      await delay(20);
    }
  }

  /** While it is tried again, it has none. */
  async function untilError(run: string): Promise<RunError> {
    for (;;) {
      const { error } = await engine.runs.get(run);
      if (error) return error;
      await delay(20);
    }
  }
});
