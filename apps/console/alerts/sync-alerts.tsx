import { useFollowed, useGrowingList, type Alert, type AlertRule, type List, type Sync } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { AlertItem } from './alert-item.tsx';
import { watchedByText, watchersOf } from './words.ts';
import style from './alerts.module.css';

/** Milliseconds between two looks while nothing happens to the sync. */
const every = 15_000;

/** The alerts that are open about a sync, and which rules watch it: whether anybody would be told. */
export function SyncAlerts({ sync }: { sync: Sync }) {
  const { holder } = useSignedIn();
  const { id, state, lastRun } = sync;
  const open = useFollowed<List<Alert>>(`api/alerts?state=open&sync=${id}&limit=50`, {
    every,
    anew: `${state} ${lastRun?.id}`,
  });
  const rules = useGrowingList<AlertRule>('api/alerts/rules');
  const alerts = open.found?.data ?? [];
  const knowsRules = rules.complete && !rules.problem;
  if (!knowsRules && alerts.length === 0) return null;
  const watchers = watchersOf(sync, rules.found);
  return (
    <section className={style.alerts} aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      {alerts.length > 0 && (
        <ul className="card rows">
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} sync={sync} onChanged={open.again} />
          ))}
        </ul>
      )}
      {knowsRules && (
        <p>
          {watchers.length > 0 ? watchedByText(watchers) : 'No alert rule watches it: nobody is told when it fails.'}
          {watchers.length === 0 && mayOperate(holder) && (
            <>
              {' '}
              <RouteLink to={{ room: 'newAlertRule' }}>Make a rule</RouteLink>
            </>
          )}
        </p>
      )}
    </section>
  );
}
