import type { Run } from '../api/index.ts';
import { countText, durationText, lagText, rowsText } from './words.ts';
import style from './progress.module.css';

interface Props {
  run: Run;
  /** Its sync follows an endless stream: the run has no end that it could be near to. */
  endless: boolean;
}

/** How far a run is that goes on: what the API can tell of it. */
export function Progress({ run: { state, ledger, expected, progress, lag }, endless }: Props) {
  const { rowsPerSecond = 0, share, secondsLeft, slices } = progress ?? {};
  return (
    <div className={style.progress}>
      {!endless && <progress aria-label="Share of the run that is done" max={1} value={share} />}
      <p>
        <b>{share === undefined ? rowsText(ledger) : `${Math.floor(share * 100)} %`}</b>
        {share !== undefined && <span>{rowsText(ledger)}</span>}
        {expected !== undefined && <span>{countText(expected)} expected</span>}
        {state === 'running' && <span>{countText(rowsPerSecond)} rows/s</span>}
        {lag && <span>{lagText(lag)}</span>}
        {secondsLeft !== undefined && <span>{durationText(secondsLeft)} left</span>}
        {!endless && slices && slices.of > 1 && (
          <span>
            {countText(slices.done)} of {countText(slices.of)} slices
          </span>
        )}
      </p>
    </div>
  );
}
