import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { createLog } from '../log/index.ts';
import { shutdownOnSignals } from './shutdown.ts';

/** A process that only says with which code it would have ended. */
function fakeProcess() {
  const events = new EventEmitter();
  return Object.assign(events, { exit: (code?: number) => events.emit('ended', code) as never });
}

const log = createLog({ level: 'silent' });
type On = NonNullable<NonNullable<Parameters<typeof shutdownOnSignals>[2]>['on']>;

describe('shutdownOnSignals', () => {
  it.each([
    ['closes and ends well', () => Promise.resolve(), 0],
    ['says when closing failed', () => Promise.reject(new Error('stuck')), 1],
    ['does not wait for ever', () => new Promise<void>(() => undefined), 1],
  ])('%s', async (_, close, code) => {
    const on = fakeProcess();
    shutdownOnSignals({ close }, log, { deadlineMs: 20, on: on as unknown as On });
    const ended = once(on, 'ended');
    on.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toEqual([code]);
  });

  it('ends at once on a second signal', async () => {
    const on = fakeProcess();
    shutdownOnSignals({ close: () => new Promise(() => undefined) }, log, { deadlineMs: 100, on: on as unknown as On });
    const ended = once(on, 'ended');
    on.emit('SIGINT', 'SIGINT');
    on.emit('SIGINT', 'SIGINT');
    expect(await ended).toEqual([1]);
  });

  it('closes when something else wants it, once', async () => {
    const on = fakeProcess();
    let closed = 0;
    const close = (): Promise<void> => Promise.resolve(void closed++);
    const ended = once(on, 'ended');
    shutdownOnSignals({ close }, log, { when: Promise.resolve('a newer version'), on: on as unknown as On });
    expect([await ended, closed]).toEqual([[0], 1]);
  });
});
