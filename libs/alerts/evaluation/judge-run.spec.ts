import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EndedRun } from '#sync';
import { judgeRun } from './judge-run.ts';

const endedAt = new Date('2026-01-05T06:00:00Z');

function run(fields: object): EndedRun {
  const ledger = { read: 10, written: 10, unchanged: 0, superseded: 0, rejected: 0, filtered: 0 };
  const plan = { from: { connection: 'con_1', stream: 'rows' } };
  return {
    _id: 'run_1',
    sync: 'syn_1',
    state: 'succeeded',
    ledger,
    plan,
    until: endedAt,
    endedAt,
    ...fields,
  } as EndedRun;
}

describe('judgeRun', () => {
  it('holds a share of rejects against a run exactly when it is over the limit', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(99), (rejected, others, percent) => {
        const ledger = { read: rejected + others, written: others, rejected };
        const [finding] = judgeRun(run({ ledger }), { rejectShare: percent / 100 });
        expect(finding?.holds).toBe(100 * rejected > percent * (rejected + others));
      }),
    );
  });

  it('means nothing when an operator cancelled it', () => {
    expect(judgeRun(run({ state: 'cancelled' }), { failed: true, nothingRead: true, drift: true })).toEqual([]);
  });

  it('means nothing when an operator led its connection to another place meanwhile', () => {
    const error = { code: 'connection_moved', message: 'The source leads to another place.', connection: 'con_1' };
    expect(judgeRun(run({ state: 'failed', error }), { failed: true, rejectShare: 0.1, drift: true })).toEqual([]);
  });

  it('does not let a failed run, a window or a replay end what only a whole run can tell', () => {
    const all = { nothingRead: true, rejectShare: 0.1, drift: true };
    expect(judgeRun(run({ state: 'failed' }), all)).toEqual([]);
    const replay = { plan: { from: { connection: 'con_1' }, replay: { run: 'run_0' } } };
    expect(judgeRun(run(replay), { nothingRead: true, rejectShare: 0.1 })).toEqual([]);
  });

  it('names the fields that drifted', () => {
    const notices = [{ code: 'drift', message: 'The schema drifted: new field colour: string.' }];
    expect(judgeRun(run({ drift: [{ field: 'colour' }], notices }), { drift: true })).toMatchObject([
      { holds: true, message: 'The schema drifted: new field colour: string.' },
    ]);
    const drift = Array.from({ length: 12 }, (_, index) => ({ field: `f${index}` }));
    expect(judgeRun(run({ drift }), { drift: true })).toMatchObject([
      { holds: true, connection: 'con_1', message: expect.stringMatching(/f0, f1,.*f9 and 2 more/) },
    ]);
  });
});
