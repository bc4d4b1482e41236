import type { Alert, Sync } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { timeAgo } from '../ui/index.ts';
import { AlertDeeds } from './alert-deeds.tsx';
import { quietText } from './quiet-text.ts';
import { kindText } from './words.ts';
import style from './alerts.module.css';

interface Props {
  alert: Alert;
  sync: Sync;
  onChanged: () => void;
}

/** One open alert: what is wrong since when, who was told, and who deals with it. */
export function AlertItem({ alert, sync, onChanged }: Props) {
  const [part] = alert.syncs;
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
      <AlertDeeds alert={alert} onChanged={onChanged} />
    </li>
  );
}
