import { useState } from 'react';
import type { Run } from '../api/index.ts';
import { Button } from '../ui/index.ts';
import { Rejects } from './rejects.tsx';
import { countText, isEnded } from './words.ts';
import style from './rejects.module.css';

interface Props {
  run: Run;
  /** Slug or id. */
  sync: string;
}

/** The rejects as they were when somebody began to look: those that come meanwhile wait until they are asked for, so that nothing moves under who reads. */
export function RejectsTab({ run, sync }: Props) {
  const { rejected } = run.ledger;
  const [known, setKnown] = useState(rejected);
  return (
    <>
      {rejected > known && !isEnded(run) && (
        <p className={style.more}>
          {countText(rejected - known)} more since then. <Button onClick={() => setKnown(rejected)}>Show them</Button>
        </p>
      )}
      <Rejects key={`${known} ${isEnded(run)}`} run={run} sync={sync} />
    </>
  );
}
