import { useAct, type Alert } from '../api/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { kindText } from './words.ts';
import style from './alerts.module.css';

interface Props {
  alert: Alert;
  onChanged: () => void;
}

const quiet = '4h';

/** What an operator may do about an open alert. */
export function AlertDeeds({ alert, onChanged }: Props) {
  const { holder } = useSignedIn();
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const change = async (deed: 'acknowledge' | 'snooze', body: object, said: string) => {
    const changed = await act(deed, (api) => api.post<Alert>(`api/alerts/${alert.id}/${deed}`, { body }));
    if (!changed) return;
    announce(said);
    onChanged();
  };
  const kind = kindText(alert.kind);
  return (
    <>
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
    </>
  );
}
