import type { FieldDrift } from '../api/index.ts';
import style from './drift-list.module.css';

/** Changes of the source's fields that a run met. */
export function DriftList({ drift }: { drift: readonly FieldDrift[] }) {
  return (
    <section className={style.drift} aria-labelledby="drift">
      <h2 id="drift">Drift of the source’s fields</h2>
      <ul className="card rows">
        {drift.map((one) => (
          <li key={`${one.field} ${one.change}`}>
            <code>{one.field}</code> {one.change}: {changeText(one)}
            {one.waits && <b> waits for approval</b>}
            <small>{one.readBy?.length ? `read by ${one.readBy.join(', ')}` : 'nothing reads it'}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function changeText({ change, types, before = [] }: FieldDrift): string {
  if (change === 'gone') return before.join(' or ') || 'no row has it any more';
  const now = types.join(' or ') || 'null';
  return before.length > 0 ? `${before.join(' or ')} → ${now}` : now;
}
