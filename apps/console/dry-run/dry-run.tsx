import { useId, useState } from 'react';
import { asProblem, useAct, type ApiProblem, type DryRow } from '../api/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { DryRunRow } from './dry-run-row.tsx';
import { summaryOf } from './words.ts';
import style from './dry-run.module.css';

interface Props {
  title?: string;
  /** What the button says at first. */
  action?: string;
  /** Says which sync it is, as it is now. */
  of: string;
  /** The sync: a saved one (`sync`) or an unsaved one; undefined where it cannot be asked about yet, which is told elsewhere. */
  ask: () => object | undefined;
  /** Tells why the API refuses, instead of what stands here. */
  onRefused?: (problem: ApiProblem) => void;
}

/** Rows that are looked at. */
const limit = 20;

/** The first rows of the source as they would arrive now, each as a difference to what is there. Nothing is written. */
export function DryRun({ title = 'Dry run', action = 'Look', of, ask, onRefused }: Props) {
  const id = useId();
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [looked, setLooked] = useState<{ of: string; rows: readonly DryRow[] }>();
  const look = async () => {
    const asked = ask();
    if (!asked) return;
    const body = { ...asked, limit };
    const found = await act('dry run', async (api) => {
      try {
        return await api.post<{ data: DryRow[] }>('api/syncs/dry-run', { body });
      } catch (thrown) {
        onRefused?.(asProblem(thrown));
        throw thrown;
      }
    });
    if (!found) return;
    setLooked({ of, rows: found.data });
    announce(resultOf(found.data));
  };
  const { rows } = looked ?? {};
  return (
    <section className={style.dryRun} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>What the first {limit} rows of the source would change if they arrived now. Nothing is written.</p>
      <Button type="button" icon="search" busy={doing !== undefined} onClick={() => void look()}>
        {rows ? 'Look again' : action}
      </Button>
      {problem && !onRefused && <Notice kind="problem">{problem.message}</Notice>}
      {rows && <p className={style.result}>{resultOf(rows)}</p>}
      {looked && looked.of !== of && <p>The sync was changed since then.</p>}
      {rows && rows.length > 0 && (
        <ol className="card rows">
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
