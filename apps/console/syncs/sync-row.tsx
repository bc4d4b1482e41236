import type { Sync } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { lagText, rowsText, saidText, StateBadge } from '../runs/index.ts';
import { timeAgo } from '../ui/index.ts';
import { dueText } from './due-text.ts';
import style from './sync-row.module.css';

interface Props {
  sync: Sync;
  ends: { from: string; to: string };
}

export function SyncRow({ sync, ends }: Props) {
  return (
    <li>
      <RouteLink className={style.row} to={{ room: 'sync', sync: sync.slug ?? sync.id }}>
        <span className={style.state}>
          <StateBadge state={sync.state} />
        </span>
        <span className={style.name}>{sync.name}</span>
        <span className={style.last}>{lastText(sync)}</span>
        <span className={style.due}>{dueText(sync)}</span>
        <span className={style.ends}>
          {ends.from} → {ends.to}
        </span>
        <span className={style.reason}>{saidText(sync.reason)}</span>
      </RouteLink>
    </li>
  );
}

/** How far an endless stream is behind, where that is known; else how the last run ended. */
function lastText({ lastRun, lag }: Sync): string {
  if (lag) return lagText(lag);
  if (!lastRun) return 'no run yet';
  return `${lastRun.state} ${timeAgo(lastRun.endedAt)}${lastRun.ledger ? ` · ${rowsText(lastRun.ledger)}` : ''}`;
}
