import { useFollowed, type Run, type Sync } from '../api/index.ts';
import { useKept } from '../history/index.ts';
import { Deeds, Room } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Tabs, useAnnounced } from '../ui/index.ts';
import { DriftList } from './drift-list.tsx';
import { Ledger } from './ledger.tsx';
import { Progress } from './progress.tsx';
import { RejectsTab } from './rejects-tab.tsx';
import { deedsOfRun } from './run-deeds.ts';
import { RunFacts } from './run-facts.tsx';
import { RunLog } from './run-log.tsx';
import { StateBadge } from './state-badge.tsx';
import { countText, isEnded, isOfStream, momentText, saidText } from './words.ts';

interface Props {
  /** Slug or id. */
  sync: string;
  run: string;
}

/** Milliseconds between two looks. */
const every = 1_000;

const once = (): boolean => true;

const closedText =
  'It follows a stream that never ends, as a link of a chain of runs: this one is closed, and the next one goes on where it ended.';

/** One run: how far it is, what became of its rows, what was refused, what happened. */
export function RunRoom({ sync: named, run: id }: Props) {
  const { holder } = useSignedIn();
  const path = `api/runs/${encodeURIComponent(id)}`;
  const { found: run, problem, again } = useFollowed<Run>(path, { every, isOver: isEnded });
  // Of the run's own sync, whatever the address says; it may have been removed since.
  const of = useFollowed<Sync>(run && `api/syncs/${run.sync}`, { every, isOver: once }).found;
  const [shown, setShown] = useKept<'log' | 'rejects'>('shown', 'log');
  const sync = of ? (of.slug ?? of.id) : named;
  const name = of?.name ?? named;
  const endless = of !== undefined && run !== undefined && isOfStream(run, of);
  useAnnounced(run && `The run is ${run.state}. ${saidText(run.reason ?? '')}`);
  const sayings = new Set([run?.reason ?? '', ...(run?.notices ?? []).map(({ message }) => message)]);
  sayings.delete('');
  return (
    <Room
      house="syncs"
      way={[
        ['Syncs', { room: 'syncs' }],
        [name, { room: 'sync', sync }],
      ]}
      title={run ? `Run of ${momentText(run.createdAt)}` : 'Run'}
      badge={run && <StateBadge state={run.state} />}
      opening={!run}
      problem={problem}
      onAgain={again}
    >
      {run && (
        <>
          {[...sayings].map((saying) => (
            <p key={saying}>{saidText(saying)}</p>
          ))}
          {mayOperate(holder) && (
            <Deeds
              deeds={deedsOfRun(run, endless)}
              onDone={(now) => (now.id === id ? again() : go({ room: 'run', sync, run: now.id }))}
            />
          )}
          {!isEnded(run) && <Progress run={run} endless={endless} />}
          {run.state === 'succeeded' && endless && <p>{closedText}</p>}
          <RunFacts run={run} />
          <Ledger run={run} />
          {run.drift && run.drift.length > 0 && <DriftList drift={run.drift} />}
          <div className="card">
            <Tabs
              label="More about the run"
              chosen={shown}
              onChoose={setShown}
              tabs={[
                { name: 'log', title: 'Log', content: <RunLog run={run} /> },
                {
                  name: 'rejects',
                  title: `Rejects ${countText(run.ledger.rejected)}`,
                  content: shown === 'rejects' && <RejectsTab run={run} sync={sync} />,
                },
              ]}
            />
          </div>
        </>
      )}
    </Room>
  );
}
