import type { Connection } from '../api/index.ts';
import { checkState } from './words.ts';
import style from './check-badge.module.css';

/** Whether a connection works, as far as is known. */
export function CheckBadge({ connection }: { connection: Connection }) {
  const state = checkState(connection);
  return (
    <span className={style.badge} data-state={state}>
      {state}
    </span>
  );
}
