import { describe, expect, it } from '@jest/globals';
import { conditionOf } from './sync-state.ts';

const endedAt = new Date('2026-01-01T00:00:00Z');
const sync = { paused: false };

describe('the state of a sync', () => {
  it.each([
    [{ ...sync }, {}, 'new', 'not run yet'],
    [{ ...sync, paused: true }, {}, 'paused', 'Paused'],
    [{ ...sync, paused: true }, { disabled: 'The connector "x" is disabled.' }, 'disabled', '"x"'],
    [sync, { activeRun: { state: 'queued' as const } }, 'running', 'about to start'],
    [sync, { activeRun: { state: 'held' as const, reason: '12 % would be removed.' } }, 'held', '12 %'],
    [
      sync,
      {
        activeRun: {
          state: 'running' as const,
          error: { code: 'unreachable' as const, message: 'db is down.' },
          notBefore: endedAt,
        },
      },
      'waiting',
      'db is down. The next attempt is at 2026-01-01',
    ],
    [
      { ...sync, lastRun: { id: 'r', state: 'failed', reason: 'No permission.', endedAt } },
      {},
      'failed',
      'No permission.',
    ],
    [{ ...sync, lastRun: { id: 'r', state: 'succeeded', endedAt }, nextRunAt: endedAt }, {}, 'ok', 'due at 2026-01-01'],
    [{ ...sync, schedule: { after: 'syn_1' } }, {}, 'new', 'after sync syn_1 has succeeded'],
  ])('%j with %j is %s', (document, circumstances, state, reason) => {
    const condition = conditionOf(document, circumstances);
    expect(condition.state).toBe(state);
    expect(condition.reason).toContain(reason);
  });
});
