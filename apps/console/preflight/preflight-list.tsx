import type { PreflightSummary } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';
import { resultText, whomText } from './words.ts';
import style from './preflight-list.module.css';

interface Props {
  list: readonly PreflightSummary[];
  /** Id of the one that is looked at. */
  shown: string | undefined;
  onShow: (id: string) => void;
}

/** Former preflights of the template. */
export function PreflightList({ list, shown, onShow }: Props) {
  if (list.length === 0) return null;
  return (
    <nav className={style.list} aria-label="Preflights">
      <ul>
        {list.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={one.id === shown ? 'true' : undefined} onClick={() => onShow(one.id)}>
              <span>
                For {whomText(one)} <em data-result={one.gate.state}>{resultText(one)}</em>
              </span>
              <small title={one.createdAt}>
                {timeAgo(one.createdAt)}, {one.version === null ? `revision ${one.revision}` : `version ${one.version}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
