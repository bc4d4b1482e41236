import { describe, expect, it } from '@jest/globals';
import type { Run } from '../api/index.ts';
import { deedsOfRun } from './run-deeds.ts';

const deeds = (run: Partial<Run>, endless = false) => deedsOfRun({ id: 'run_1', state: 'running', ...run }, endless);
const names = (run: Partial<Run>, endless = false) => deeds(run, endless).map(({ name }) => name);

describe('what may be done to a run', () => {
  it.each([
    ['queued', ['pause', 'cancel'], ['cancel']],
    ['running', ['pause', 'cancel'], ['cancel']],
    ['paused', ['resume', 'cancel'], ['resume', 'cancel']],
    ['held', ['approve', 'cancel'], ['approve', 'cancel']],
    ['failed', ['retry'], []],
    ['cancelled', ['retry'], []],
    ['succeeded', [], []],
  ] as const)('%s: %j; of an endless stream %j', (state, usual, endless) => {
    expect(names({ state })).toEqual(usual);
    expect(names({ state }, true)).toEqual(endless);
  });

  it('asks before something is removed, in the words of the API, and before a run is ended', () => {
    const reason = '28 of 30 rows (93.3 %) would be removed from the destination.';
    const [approve, cancel] = deeds({ state: 'held', hold: 'deletions', reason });
    expect(approve?.asks?.text).toBe(reason);
    expect(cancel?.asks?.text).toContain('nothing is removed');
    const [drift] = deeds({ state: 'held', hold: 'drift' });
    expect(drift?.asks).toBeUndefined();
    const [end] = deeds({}, true);
    expect(end?.asks?.text).toContain('the sync is paused until you resume it');
  });
});
