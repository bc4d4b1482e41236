import { useState } from 'react';
import { useAct, type DryRow, type Sync } from '../api/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { DryRunRow } from './dry-run-row.tsx';
import { summaryOf } from './words.ts';
import style from './dry-run.module.css';

/** Rows that are looked at. */
const limit = 20;

/** The first rows of the source as they would arrive now, each as a difference to what is there. Nothing is written. */
export function DryRun({ sync }: { sync: Sync }) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [rows, setRows] = useState<readonly DryRow[]>();
  const look = async () => {
    const body = { sync: sync.id, limit };
    const found = await act('dry run', (api) => api.post<{ data: DryRow[] }>('api/syncs/dry-run', { body }));
    if (!found) return;
    setRows(found.data);
    announce(resultOf(found.data));
  };
  return (
    <section className={style.dryRun} aria-labelledby="dry-run">
      <h2 id="dry-run">Dry run</h2>
      <p>What the first {limit} rows of the source would change if they arrived now. Nothing is written.</p>
      <Button icon="search" busy={doing !== undefined} onClick={() => void look()}>
        {rows ? 'Look again' : 'Look'}
      </Button>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {rows && <p className={style.result}>{resultOf(rows)}</p>}
      {rows && rows.length > 0 && (
        <ol>
          {rows.map((row, i) => (
            <DryRunRow key={i} row={row} number={i + 1} />
          ))}
        </ol>
      )}
    </section>
  );
}

function resultOf(rows: readonly DryRow[]): string {
  if (rows.length === 0) return 'The source gave no rows.';
  return `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}: ${summaryOf(rows)}.`;
}
