import type { Run } from '../api/index.ts';
import { countText } from './words.ts';
import style from './ledger.module.css';

const columns = ['written', 'unchanged', 'superseded', 'rejected', 'filtered', 'unsettled'] as const;

/** What became of the rows: the parts add up to what was read. */
export function Ledger({ run: { ledger, effects } }: { run: Run }) {
  const parts = columns.filter((column) => ledger[column] !== undefined);
  const effectTexts = Object.entries(effects).map(([effect, count]) => `${countText(count)} ${effect}`);
  return (
    <section className={style.ledger} aria-labelledby="ledger">
      <h2 id="ledger">Ledger</h2>
      <dl className="card">
        <div>
          <dt>read</dt>
          <dd>{countText(ledger.read)}</dd>
        </div>
        {parts.map((column, i) => (
          <div key={column} data-column={column} data-none={ledger[column] === 0 || undefined}>
            <dt>{column}</dt>
            <dd>
              <span aria-hidden="true">{i === 0 ? '=' : '+'}</span> {countText(ledger[column] ?? 0)}
            </dd>
          </div>
        ))}
      </dl>
      {effectTexts.length > 0 && <p>Effects, counted apart from the rows: {effectTexts.join(', ')}.</p>}
    </section>
  );
}
