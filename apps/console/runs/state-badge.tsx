import type { RunState, SyncState } from '../api/index.ts';
import style from './state-badge.module.css';

/** The state of a sync or a run, in the API's own word. */
export function StateBadge({ state }: { state: SyncState | RunState }) {
  return (
    <span className={style.badge} data-state={state}>
      {state}
    </span>
  );
}
