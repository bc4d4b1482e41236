import type { ReactNode } from 'react';
import type { ApiProblem, RunState, SyncState } from '../api/index.ts';
import { TopBar } from '../shell/index.ts';
import { RoomHeading } from '../ui/index.ts';
import { StateBadge } from './state-badge.tsx';
import { Trouble } from './trouble.tsx';
import style from './room.module.css';

interface Props {
  /** The links that lead out of it. */
  way: ReactNode;
  title: string;
  /** Undefined while it is not known. */
  state: SyncState | RunState | undefined;
  problem: ApiProblem | undefined;
  onAgain: () => void;
  children: ReactNode;
}

/** Where one sync or one run is looked at. */
export function Room({ way, title, state, problem, onAgain, children }: Props) {
  return (
    <>
      <TopBar room="syncs" />
      <Trouble problem={problem} onAgain={onAgain} />
      <main className={style.page}>
        <nav aria-label="Way back" className={style.way}>
          {way}
        </nav>
        <div className={style.head}>
          <RoomHeading>{title}</RoomHeading>
          {state && <StateBadge state={state} />}
        </div>
        {!state && !problem && <p>Opening …</p>}
        {children}
      </main>
    </>
  );
}
