import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { HandOver } from './index.ts';

describe('handing a row over', () => {
  const script: Script = emptyScript();
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterEach(() => void jest.useRealTimers());
  afterAll(() => engine.stop());

  const planFor = (object: string) => ({ connection: engine.destination, object, mapping: { id: 'id' } });
  const send = (id: number, plan = planFor('thing')) => {
    const row = { id: `row-${id}`, by: 'trigger:spec', key: String(id), at: '2026-03-01T09:00:00.000Z' };
    const from = { connection: 'profiles', stream: 'profile', key: ['id'] };
    return engine.app.get(HandOver).send(plan, { ...row, record: { id, changed: 1 }, from });
  };

  it('gives up on a destination that never answers, and heeds no signal', async () => {
    const real = ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'Date'] as const;
    jest.useFakeTimers({ doNotFake: [...real] });
    script.onPush = () => {
      setImmediate(() => jest.advanceTimersByTime(30_000));
      return new Promise<void>(() => undefined);
    };
    await expect(send(1)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('Asking "thing" took longer than 30 s.'),
    });
    delete script.onPush;
    expect(await send(1)).toMatchObject({ status: 'ok' });
    expect([...script.received.keys()]).toEqual([1]);
  });

  it('hands nothing to what shows rows at the end of a run only', async () => {
    const refusal = { code: 'bad_request', message: expect.stringContaining('Start a sync to it instead.') };
    await expect(engine.app.get(HandOver).check(planFor('list'))).rejects.toMatchObject(refusal);
    await expect(send(2, planFor('list'))).rejects.toMatchObject(refusal);
    expect(script.received.has(2)).toBe(false);
  });
});
