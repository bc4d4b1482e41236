import type { AuditEntry } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';
import { changeText } from './words.ts';
import style from './key-changes.module.css';

/** What was last asked for with a key that changes something: whoever revokes it learns what uses it. */
export function KeyChanges({ changes }: { changes: readonly AuditEntry[] | undefined }) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">What it changed last</h2>
      {changes === undefined && <p>Reading …</p>}
      {changes?.length === 0 && <p>Nothing: it has only read, if anything.</p>}
      {changes !== undefined && changes.length > 0 && (
        <ul className={`card rows ${style.changes}`}>
          {changes.map((change) => (
            <li key={change.id}>
              <code>{changeText(change)}</code>
              <span>
                {change.status < 400 ? '' : `refused: ${change.code ?? change.status}, `}
                {timeAgo(change.at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
