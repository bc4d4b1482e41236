import { useAct, type Alert, type Sync } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { momentText } from '../runs/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, Notice, timeAgo, useAnnounce } from '../ui/index.ts';
import { kindText } from './words.ts';
import style from './alerts.module.css';

interface Props {
  alert: Alert;
  sync: Sync;
  onChanged: () => void;
}

const quiet = '4h';

/** One open alert: what is wrong since when, who was told, and who deals with it. */
export function AlertItem({ alert, sync, onChanged }: Props) {
  const { holder } = useSignedIn();
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [part] = alert.syncs;
  const change = async (deed: 'acknowledge' | 'snooze', body: object, said: string) => {
    const changed = await act(deed, (api) => api.post<Alert>(`api/alerts/${alert.id}/${deed}`, { body }));
    if (!changed) return;
    announce(said);
    onChanged();
  };
  const kind = kindText(alert.kind);
  return (
    <li>
      <div>
        <p>
          <b>{kind}</b> since {part && timeAgo(part.since)}
          {part?.run !== undefined && (
            <>
              {' '}
              · <RouteLink to={{ room: 'run', sync: sync.slug ?? sync.id, run: part.run }}>the run</RouteLink>
            </>
          )}
        </p>
        <p>{part?.message}</p>
        <p className={style.who}>
          By the rule {alert.rule.name ?? 'that was removed since'}. {quietText(alert)}
        </p>
      </div>
      {mayOperate(holder) && !alert.acknowledged && (
        <div className={style.deeds}>
          <Button
            icon="check"
            busy={doing !== undefined}
            onClick={() => void change('acknowledge', {}, 'Acknowledged: quiet until it recovers.')}
          >
            Acknowledge<span className="unseen"> {kind}</span>
          </Button>
          <Button
            kind="quiet"
            busy={doing !== undefined}
            onClick={() => void change('snooze', { for: quiet }, 'Quiet for 4 hours.')}
          >
            Quiet for 4 hours<span className="unseen">: {kind}</span>
          </Button>
        </div>
      )}
      {problem && <Notice kind="problem">{problem.message}</Notice>}
    </li>
  );
}

function quietText({ acknowledged, snoozedUntil }: Alert): string {
  if (acknowledged) return `${acknowledged.by} deals with it: quiet until it recovers.`;
  if (snoozedUntil !== undefined && Date.parse(snoozedUntil) > Date.now())
    return `Quiet until ${momentText(snoozedUntil)}.`;
  return '';
}
