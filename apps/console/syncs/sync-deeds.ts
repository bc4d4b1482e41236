import { randomId, type Run, type Sync } from '../api/index.ts';
import { removal, type Deed } from '../rooms/index.ts';
import { deedsOfRun, isOfStream } from '../runs/index.ts';

/**
 * What an operator may do to a sync as it is now, besides removing it.
 *
 * @param run the one that is going on; undefined while it is not known
 */
export function deedsOf(sync: Sync, run: Run | undefined): Deed[] {
  const endless = sync.read === 'stream';
  return [
    ...(run ? deedsOfRun(run, isOfStream(run, sync)) : []),
    ...(mayStart(sync) ? starting(sync) : []),
    ...(sync.schedule || endless || sync.paused ? [pausing(sync, endless)] : []),
    ...(sync.activeRun === undefined && sync.startsFrom !== undefined
      ? [endless ? beginningAnew(sync) : startingAnew(sync)]
      : []),
  ];
}

/** Whether a run of it may be asked for. */
export function mayStart({ activeRun, state, read }: Sync): boolean {
  return activeRun === undefined && state !== 'disabled' && read !== 'stream';
}

/** Whether something tells which of its rows lie in a window. */
export function mayBackfill(sync: Sync): boolean {
  return mayStart(sync) && (sync.read === 'incremental' || sync.from.cursor !== undefined);
}

export function removing({ id, name }: Sync): Deed {
  return removal({
    ...{ path: `api/syncs/${id}`, name, what: 'sync' },
    text: 'It runs no more, and what it knows of its source is forgotten. What it has written stays where it is, and its runs stay as history.',
  });
}

function starting({ id, lastRun }: Sync): Deed[] {
  const runNow: Deed = {
    name: 'run',
    title: 'Run now',
    icon: 'play',
    main: true,
    do: post(`api/syncs/${id}/runs`),
    said: 'A run was started.',
  };
  if (lastRun?.state !== 'failed' && lastRun?.state !== 'cancelled') return [runNow];
  return [runNow, { ...retry, do: post(`api/runs/${lastRun.id}/retry`) }];
}

const retry = { name: 'retry', title: 'Retry the last run', icon: 'retry', said: 'A run was started.' } as const;

function pausing({ id, paused = false }: Sync, endless: boolean): Deed {
  const what = endless ? '' : ' the schedule';
  return {
    name: 'pause',
    title: paused ? `Resume${what}` : `Pause${what}`,
    icon: paused ? 'play' : 'pause',
    do: (api) => api.patch(`api/syncs/${id}`, { body: { paused: !paused } }),
    said: paused ? 'Resumed.' : 'Paused.',
  };
}

function startingAnew({ id, startsFrom }: Sync): Deed {
  return {
    name: 'anew',
    title: 'Read everything again',
    icon: 'history',
    asks: {
      title: 'Read everything again?',
      text: `The next run would start from ${JSON.stringify(startsFrom)}. That is forgotten: it reads the source from its beginning, which may take long. Nothing is removed at the destination.`,
      yes: 'Forget where it was',
    },
    do: (api) => api.put(`api/syncs/${id}/starts-from`, { body: { startsFrom: null } }),
    said: 'The next run reads everything.',
  };
}

/** What was not read yet may be lost with the places: not every connection begins at what its source still has. */
function beginningAnew({ id, startsFrom }: Sync): Deed {
  const { lanes = {} } = startsFrom as { lanes?: object };
  const places = Object.keys(lanes).length;
  return {
    name: 'anew',
    title: 'Begin anew',
    icon: 'history',
    asks: {
      title: 'Begin anew?',
      text: `It knows how far it has read ${places === 1 ? 'one lane' : `${places} lanes`} of the stream. That is forgotten: it begins where its connection says. Where that is with what comes from then on, what waits now is never read.`,
      yes: 'Forget where it was',
    },
    do: (api) => api.put(`api/syncs/${id}/starts-from`, { body: { startsFrom: null } }),
    said: 'It begins where its connection says.',
  };
}

function post(path: string): Deed<Run>['do'] {
  return (api) => api.post(path, { headers: { 'idempotency-key': randomId() }, body: {} });
}
