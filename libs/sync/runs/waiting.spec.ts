import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { retry } from '@millrace/sdk';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { RunResponse } from './run.response.ts';

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
    script.failures = [{ afterPage: 1 }];
    const sync = await engine.make('Source down');
    const run = await engine.start(sync);
    expect(await untilWaiting(sync)).toMatch(/^A scripted failure\. .* It is tried again at \d{4}-/);
    expect(await engine.runs.get(run)).toMatchObject({ error: { code: 'unreachable', connection: engine.source } });
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

  async function untilWaiting(sync: string): Promise<string> {
    for (;;) {
      const { state, reason } = await engine.syncs.get(sync);
      if (state === 'waiting') return reason;
      await delay(20);
    }
  }
});
