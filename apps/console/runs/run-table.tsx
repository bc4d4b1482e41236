import type { Run } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { StateBadge } from './state-badge.tsx';
import { countText, momentText, tookText } from './words.ts';
import style from './run-table.module.css';

interface Props {
  /** Slug or id of the sync whose they are. */
  sync: string;
  /** Newest first. */
  runs: readonly Run[];
}

export function RunTable({ sync, runs }: Props) {
  return (
    <table className={style.runs}>
      <caption className="unseen">Runs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">State</th>
          <th scope="col" className={style.aside}>
            Trigger
          </th>
          <th scope="col">Read</th>
          <th scope="col" className={style.aside}>
            Written
          </th>
          <th scope="col">Rejected</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <RouteLink to={{ room: 'run', sync, run: run.id }}>{momentText(run.createdAt)}</RouteLink>
            </th>
            <td>
              <StateBadge state={run.state} />
            </td>
            <td className={style.aside}>{run.trigger}</td>
            <td>{countText(run.ledger.read)}</td>
            <td className={style.aside}>{countText(run.ledger.written)}</td>
            <td data-some={run.ledger.rejected > 0 || undefined}>{countText(run.ledger.rejected)}</td>
            <td>{tookText(run)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
