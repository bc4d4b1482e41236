import type { Alert, AlertedSync } from '../api/index.ts';
import { AlertDeeds, kindText, quietText } from '../alerts/index.ts';
import { RouteLink } from '../routing/index.ts';
import { timeAgo } from '../ui/index.ts';
import style from './alert-rooms.module.css';

interface Props {
  /** Those that are open. */
  alerts: readonly Alert[];
  /** When it fired. */
  fired: string;
  onChanged: () => void;
}

/** What is told of each alert at most: one dead database may stop a hundred syncs. */
const most = 5;

/** The open alerts of a rule. */
export function RuleAlerts({ alerts, fired, onChanged }: Props) {
  return (
    <section aria-labelledby="open-alerts">
      <h2 id="open-alerts">Open alerts</h2>
      {alerts.length === 0 && <p className={style.said}>{fired === '' ? 'Reading …' : `None: ${fired}.`}</p>}
      {alerts.length > 0 && (
        <ul className={`card rows ${style.alerts}`}>
          {alerts.map((alert) => (
            <li key={alert.id}>
              <p>
                <b>{kindText(alert.kind)}</b> since {timeAgo(alert.openedAt)}. {quietText(alert)}
              </p>
              <Alerted alert={alert} />
              <AlertDeeds alert={alert} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Alerted({ alert: { syncs, triggers, requests } }: { alert: Alert }) {
  const isStill = ({ recoveredAt }: AlertedSync) => recoveredAt === undefined;
  const ofSyncs = syncs.filter(isStill);
  const others = [...triggers, ...requests].filter(isStill);
  const left = ofSyncs.length + others.length - most;
  return (
    <>
      {ofSyncs.slice(0, most).map(({ id, slug = id, name, message }) => (
        <p key={id}>
          <RouteLink to={{ room: 'sync', sync: slug }}>{name}</RouteLink>: {message}
        </p>
      ))}
      {others.slice(0, Math.max(0, most - ofSyncs.length)).map(({ id, name, message }) => (
        <p key={id}>
          {name}: {message}
        </p>
      ))}
      {left > 0 && <p>And {left} more.</p>}
    </>
  );
}
