import { randomId, type Run } from '../api/index.ts';
import type { Deed } from '../rooms/index.ts';

/** @param endless its sync follows an endless stream */
export function deedsOfRun(run: Pick<Run, 'id' | 'state' | 'hold' | 'reason'>, endless: boolean): Deed<Run>[] {
  const post =
    (what: string): Deed<Run>['do'] =>
    (api) =>
      api.post(`api/runs/${run.id}/${what}`, { headers: { 'idempotency-key': randomId() } });
  const cancel: Deed<Run> = {
    name: 'cancel',
    title: 'Cancel the run',
    icon: 'close',
    asks: { title: 'Cancel the run?', text: whatCancelDoes(run, endless), yes: 'Cancel the run' },
    do: post('cancel'),
    said: 'The run is being cancelled.',
  };
  switch (run.state) {
    case 'held':
      return [
        {
          name: 'approve',
          title: 'Approve',
          icon: 'check',
          main: true,
          ...(run.hold === 'deletions' && {
            asks: { title: 'Let the run remove them?', text: run.reason ?? '', yes: 'Approve' },
          }),
          do: post('approve'),
          said: 'Approved: the run goes on.',
        },
        cancel,
      ];
    case 'paused':
      return [
        {
          name: 'resume',
          title: 'Resume the run',
          icon: 'play',
          main: true,
          do: post('resume'),
          said: 'The run goes on.',
        },
        cancel,
      ];
    case 'queued':
    case 'running':
      if (endless) return [cancel];
      return [
        {
          name: 'pause',
          title: 'Pause the run',
          icon: 'pause',
          do: post('pause'),
          said: 'The run rests at its next page.',
        },
        cancel,
      ];
    case 'failed':
    case 'cancelled':
      return endless
        ? [] // the chain of an endless stream goes on by itself
        : [{ name: 'retry', title: 'Retry the run', icon: 'retry', do: post('retry'), said: 'A new run was started.' }];
    case 'succeeded':
      return [];
  }
}

function whatCancelDoes({ state, hold }: Pick<Run, 'state' | 'hold'>, endless: boolean): string {
  if (endless) return 'It ends within a second, and the sync is paused until you resume it. What was written stays.';
  if (state === 'held' && hold === 'deletions') return 'It ends, and nothing is removed. What it wrote before stays.';
  return 'It ends within a second. What was written stays, and the next run starts where it would have without this one.';
}
