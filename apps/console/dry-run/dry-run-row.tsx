import type { DryChange, DryRow } from '../api/index.ts';
import { RawRecord } from '../ui/index.ts';
import { valueText } from './words.ts';
import style from './dry-run.module.css';

/** One row: what it would do at each object, and as the source has it. */
export function DryRunRow({ row, number }: { row: DryRow; number: number }) {
  const { position = `row ${number}`, source, fate, changes = {}, code, message } = row;
  const made = Object.entries(changes);
  return (
    <li>
      <p className={style.what}>
        <small>{position}</small>
      </p>
      {fate === 'rejected' || made.length === 0 ? (
        <p>
          <Kind of={fate === 'deleted' ? 'delete' : fate} /> {code !== undefined && <code>{code}</code>} {message}
        </p>
      ) : (
        made.map(([object, change]) => <Change key={object} object={object} change={change} />)
      )}
      <RawRecord
        summary={
          <>
            As the source has it<span className="unseen">: {position}</span>
          </>
        }
        text={JSON.stringify(source, null, 2)}
      />
    </li>
  );
}

function Change({ object, change: { change, differences } }: { object: string; change: DryChange }) {
  return (
    <>
      <p>
        <Kind of={change} /> {object}
      </p>
      {differences.length > 0 && (
        <ul className={style.differences}>
          {differences.map(({ field, before, after }) => (
            <li key={field}>
              <code>{field}</code>{' '}
              {before !== undefined && (
                <>
                  <del>{valueText(before)}</del> <span aria-hidden="true">→</span>
                  <span className="unseen"> becomes </span>{' '}
                </>
              )}
              <ins>{valueText(after)}</ins>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Kind({ of }: { of: DryChange['change'] | DryRow['fate'] }) {
  return (
    <b className={style.kind} data-kind={of}>
      {of}
    </b>
  );
}
