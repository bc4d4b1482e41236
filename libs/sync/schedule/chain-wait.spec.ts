import { describe, expect, it } from '@jest/globals';
import { emptyLedger } from '../runs/ledger.ts';
import type { RunState } from '../runs/run.schema.ts';
import { chainWait } from './chain-wait.ts';

const run = (state: RunState, read = 0) => ({ state, ledger: { ...emptyLedger(), read } });

describe('the rest of an endless stream after a failure', () => {
  it('grows with every failure in a row, up to half an hour', () => {
    const failures = Array.from({ length: 12 }, () => run('failed'));
    expect([1, 2, 3, 12].map((count) => chainWait(failures.slice(0, count)))).toEqual([
      15_000, 30_000, 60_000, 1_800_000,
    ]);
  });

  it('is short again once there were rows', () => {
    expect(chainWait([run('failed', 10), run('failed'), run('failed')])).toBe(15_000);
    expect(chainWait([run('failed'), run('succeeded'), run('failed')])).toBe(15_000);
  });
});
