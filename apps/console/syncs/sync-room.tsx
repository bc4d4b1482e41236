import { useState } from 'react';
import { useFollowed, type List, type Run, type Sync } from '../api/index.ts';
import { SyncAlerts } from '../alerts/index.ts';
import { DryRun } from '../dry-run/index.ts';
import { Deeds, Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { countText, isOfStream, Progress, RunTable, saidText, StateBadge } from '../runs/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, useAnnounced } from '../ui/index.ts';
import { Backfill } from './backfill.tsx';
import { deedsOf, mayBackfill, removing } from './sync-deeds.ts';
import { SyncFacts } from './sync-facts.tsx';
import { TrendPicture } from './trend-picture.tsx';
import style from './sync-room.module.css';

/** Milliseconds between two looks: at the sync, at the run that is going on, and at all runs while the sync tells of no other one. */
const every = { sync: 2_000, active: 1_000, runs: 30_000 };

/** How many runs are shown: at first, and at most. */
const few = 10;
const most = 200;

/** One sync: how it is, what may be done about it, and how it has been doing. */
export function SyncRoom({ sync: name }: { sync: string }) {
  const { holder } = useSignedIn();
  const path = `api/syncs/${encodeURIComponent(name)}`;
  const { found: sync, problem, again } = useFollowed<Sync>(path, { every: every.sync });
  const [limit, setLimit] = useState(few);
  const runs = useFollowed<List<Run>>(sync && `api/runs?sync=${sync.id}&limit=${limit}`, {
    every: every.runs,
    anew: sync && `${sync.state} ${sync.activeRun} ${sync.lastRun?.id}`,
  });
  const active = useFollowed<Run>(sync?.activeRun && `api/runs/${sync.activeRun}`, { every: every.active });
  useAnnounced(sync && `${sync.name} is ${sync.state}.`);
  const lookAgain = () => {
    again();
    runs.again();
    active.again();
  };
  const list = runs.found;
  const endless = sync?.read === 'stream';
  // Lists of runs tell what became of a run's rows once it has ended.
  const shown = list?.data.map((run) => (run.id === active.found?.id ? active.found : run)) ?? [];
  return (
    <Room
      house="syncs"
      way={[['Syncs', { room: 'syncs' }]]}
      title={sync?.name ?? name}
      badge={sync && <StateBadge state={sync.state} />}
      opening={!sync}
      problem={problem ?? runs.problem}
      onAgain={lookAgain}
    >
      {sync && (
        <>
          <p>{saidText(sync.reason)}</p>
          {mayOperate(holder) && (
            <Deeds deeds={deedsOf(sync, active.found)} onDone={lookAgain}>
              <Button icon="sliders" onClick={() => go({ room: 'syncSettings', sync: name })}>
                Settings
              </Button>
            </Deeds>
          )}
          {active.found && active.found.endedAt === undefined && (
            <Progress run={active.found} endless={isOfStream(active.found, sync)} />
          )}
          <SyncFacts sync={sync} />
          <SyncAlerts sync={sync} />
          <TrendPicture sync={sync} />
          {mayOperate(holder) && !endless && <DryRun of={sync.id} ask={() => ({ sync: sync.id })} />}
          {mayOperate(holder) && mayBackfill(sync) && <Backfill sync={sync} onStarted={lookAgain} />}
          <section aria-labelledby="runs">
            <h2 id="runs">Runs</h2>
            {endless && (
              <p className={style.none}>
                A stream that never ends is followed as a chain of runs, each closed after a while.
              </p>
            )}
            {shown.length > 0 && (
              <div className={`card ${style.runs}`}>
                <RunTable sync={name} runs={shown} />
              </div>
            )}
            {list?.data.length === 0 && <p className={style.none}>It has not run yet.</p>}
            {list && list.next !== null && limit < most && (
              <Button onClick={() => setLimit(most)}>Show the last {countText(most)}</Button>
            )}
          </section>
          {mayOperate(holder) && (
            <Deeds deeds={[removing(sync)]} label="Removal" onDone={() => goBack({ room: 'syncs' })} />
          )}
        </>
      )}
    </Room>
  );
}
