import { Fragment, useState, type ComponentType, type ReactNode } from 'react';
import { useFollowed } from '../api/index.ts';
import type { Route } from '../routing/index.ts';
import type { House } from '../shell/index.ts';
import { OperatorsOnly } from './operators-only.tsx';
import { Room } from './room.tsx';

interface Props<T> {
  /** The list that it is in. */
  house: House;
  /** What that list is called: `Alerts`. */
  title: string;
  /** What not everybody changes: `Rules and channels`. */
  what: string;
  /** Who does (default: operators). */
  Only?: ComponentType<{ what: string; children: ReactNode }>;
  /** Where the API has it. */
  path: string;
  /** What it is called until it is read. */
  named: string;
  /** Its own room. */
  to: Route;
  /** Another text with every change of what is edited. */
  stateOf: (found: T) => number;
  /** Its form; `onAnew` reads it again, and the form begins with what it is then. */
  children: (found: T, onAnew: () => void) => ReactNode;
}

/** It is read once: what is being edited does not change below somebody's hands. */
const once = { every: 1_000, isOver: () => true };

/** Where one thing is changed. */
export function SettingsRoom<T extends { name?: string }>(props: Props<T>) {
  const { house, title, what, Only = OperatorsOnly, path, named, to, stateOf, children } = props;
  const { found, problem, again } = useFollowed<T>(path, once);
  const [left, setLeft] = useState<T>(); // what is not shown any more, until somebody else's is there
  const name = found?.name ?? named;
  const anew = () => {
    setLeft(found);
    again();
  };
  const opened = found === left ? undefined : found;
  return (
    <Room
      house={house}
      way={[
        [title, { room: house }],
        [name, to],
      ]}
      title="Settings"
      opening={!opened}
      problem={problem}
      onAgain={again}
    >
      {opened && (
        <Only what={what}>
          <Fragment key={stateOf(opened)}>{children(opened, anew)}</Fragment>
        </Only>
      )}
    </Room>
  );
}
