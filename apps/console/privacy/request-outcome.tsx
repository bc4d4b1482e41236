import type { PrivacyRequest, ToldDestination } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { RouteLink, type Route } from '../routing/index.ts';
import { countText, momentText } from '../runs/index.ts';
import { countedText, stepText } from './words.ts';
import style from './privacy.module.css';

/** What was done, in order; how much it was; and what became of it in other systems. */
export function RequestOutcome({ request: { steps, counts, destinations, kind } }: { request: PrivacyRequest }) {
  const counted = Object.entries(counts).map(([name, count]): Fact => [countedText(name), countText(count)]);
  return (
    <>
      <section aria-labelledby="steps">
        <h2 id="steps">What was done</h2>
        {steps.length === 0 && <p>Nothing yet.</p>}
        <ol className={`card rows ${style.box}`}>
          {steps.map(({ name, doneAt }) => (
            <li key={name}>
              <span>{stepText(name)}</span>
              <small>{momentText(doneAt)}</small>
            </li>
          ))}
        </ol>
      </section>
      {counted.length > 0 && (
        <section aria-labelledby="counts">
          <h2 id="counts">How much it was</h2>
          <Facts facts={counted} />
        </section>
      )}
      {kind === 'erase' && destinations.length > 0 && <Destinations told={destinations} />}
    </>
  );
}

function Destinations({ told }: { told: readonly ToldDestination[] }) {
  return (
    <section aria-labelledby="destinations">
      <h2 id="destinations">In other systems</h2>
      <ul className={`card rows ${style.box}`}>
        {told.map(({ sync, syncName, connection, object, deleted, byHand, reason }) => (
          <li key={`${sync} ${connection} ${object} ${reason}`} data-open={byHand > 0 || undefined}>
            <span>
              <RouteLink to={roomOf({ sync, connection })}>{syncName}</RouteLink> · {object}
            </span>
            <small>{[`${countText(deleted)} deleted`, byHandText(byHand, reason)].filter(Boolean).join('; ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Triggers have no room. */
function roomOf({ sync, connection }: Pick<ToldDestination, 'sync' | 'connection'>): Route {
  return sync.startsWith('trigger:') ? { room: 'connection', connection } : { room: 'sync', sync };
}

function byHandText(byHand: number, reason: string | undefined): string {
  if (byHand === 0) return '';
  return `${countText(byHand)} to be deleted there by hand${reason === undefined ? '' : `: ${reason}`}`;
}
