import { Fragment, useState, type ReactNode } from 'react';
import { useFollowed } from '../api/index.ts';
import { Room } from '../rooms/index.ts';
import { RouteLink, type Route } from '../routing/index.ts';
import { useTitle } from '../ui/index.ts';
import { OperatorsOnly } from './operators-only.tsx';

interface Props<T> {
  /** Where the API has it. */
  path: string;
  /** What it is called until it is read. */
  named: string;
  /** Its own room. */
  to: Route;
  /** Its form; `onAnew` reads it again, and the form begins with what it is then. */
  children: (found: T, onAnew: () => void) => ReactNode;
}

/** It is read once: what is being edited does not change below somebody's hands. */
const once = { every: 1_000, isOver: () => true };

/** Where a rule or a channel is changed. */
export function SettingsRoom<T extends { name?: string; revision?: number }>(props: Props<T>) {
  const { path, named, to, children } = props;
  const { found, problem, again } = useFollowed<T>(path, once);
  const [taken, setTaken] = useState(0); // somebody else's, so many times
  const name = found?.name ?? named;
  useTitle(`Settings · ${name}`);
  const anew = () => {
    setTaken(taken + 1);
    again();
  };
  return (
    <Room
      house="alerts"
      way={
        <>
          <RouteLink to={{ room: 'alerts' }}>Alerts</RouteLink> / <RouteLink to={to}>{name}</RouteLink>
        </>
      }
      title="Settings"
      opening={!found}
      problem={problem}
      onAgain={again}
    >
      {found && (
        <OperatorsOnly>
          <Fragment key={`${found.revision} ${taken}`}>{children(found, anew)}</Fragment>
        </OperatorsOnly>
      )}
    </Room>
  );
}
