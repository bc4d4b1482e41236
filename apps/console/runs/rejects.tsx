import { randomId, useAct, usePagedList, type Reject, type Run } from '../api/index.ts';
import { go, RouteLink } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, Notice, RawRecord, ShowMore, useAnnounce } from '../ui/index.ts';
import style from './rejects.module.css';

interface Props {
  run: Run;
  /** Slug or id. */
  sync: string;
}

/** The rows that a run refused, each with its reason and its original; after a fix they are mapped again in a run of their own. */
export function Rejects({ run, sync }: Props) {
  const { holder } = useSignedIn();
  const announce = useAnnounce();
  const { found, loading, problem, more } = usePagedList<Reject>(`api/runs/${run.id}/rejects`, 50);
  const { doing, problem: refused, act } = useAct();
  const isOpen = ({ replayable, replayedIn, outdatedIn }: Reject) =>
    replayable && replayedIn === undefined && outdatedIn === undefined;
  const replay = async (name: string, body: object) => {
    const headers = { 'idempotency-key': randomId() };
    const begun = await act(name, (api) => api.post<Run>('api/rejects/replay', { body, headers }));
    if (!begun) return;
    announce('A run maps them again: you are there.');
    go({ room: 'run', sync, run: begun.id });
  };
  const failure = refused ?? problem;
  return (
    <>
      {failure && <Notice kind="problem">{failure.message}</Notice>}
      {mayOperate(holder) && found.some(isOpen) && (
        <div className={style.all}>
          <p>Mend the mapping or the source first; what is refused again is a reject of the new run.</p>
          <Button icon="retry" busy={doing !== undefined} onClick={() => void replay('all', { run: run.id })}>
            Replay all
          </Button>
        </div>
      )}
      <ol className={style.rejects}>
        {found.map((reject) => (
          <li key={reject.id}>
            <div>
              <p className={style.what}>
                <code>{reject.code}</code> {reject.position !== undefined && <small>{reject.position}</small>}
              </p>
              <p>{reject.message}</p>
              {reject.raw !== undefined && (
                <RawRecord
                  summary={
                    <>
                      Original<span className="unseen"> of {reject.position ?? reject.id}</span>
                    </>
                  }
                  text={reject.raw}
                />
              )}
            </div>
            {reject.replayedIn !== undefined ? (
              <RouteLink to={{ room: 'run', sync, run: reject.replayedIn }}>Replayed</RouteLink>
            ) : isOpen(reject) ? (
              mayOperate(holder) && (
                <Button
                  kind="quiet"
                  icon="retry"
                  busy={doing !== undefined}
                  onClick={() => void replay(reject.id, { ids: [reject.id] })}
                >
                  Replay<span className="unseen"> {reject.position ?? reject.id}</span>
                </Button>
              )
            ) : (
              <small>{reject.outdatedIn === undefined ? 'to be read again' : 'outdated since'}</small>
            )}
          </li>
        ))}
      </ol>
      <ShowMore className={style.more} count={found.length} busy={loading} onMore={more} />
      {!failure && found.length === 0 && (
        <p className={style.none}>{loading ? 'Reading …' : 'No row was refused, or none is kept any more.'}</p>
      )}
    </>
  );
}
