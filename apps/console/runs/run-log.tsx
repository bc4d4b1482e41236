import { useGrowingList, type Run, type RunLogLine } from '../api/index.ts';
import { Notice } from '../ui/index.ts';
import { isEnded, momentText } from './words.ts';
import style from './run-log.module.css';

/** Milliseconds between two looks: longer than it takes until the lines of all processes are there. */
const every = 2_000;

/** What happened, line by line; it goes on as long as the run does. Behind its end come its last words. */
export function RunLog({ run }: { run: Run }) {
  const times = isEnded(run) ? 2 : undefined;
  const { found, complete, problem } = useGrowingList<RunLogLine>(`api/runs/${run.id}/log`, {
    every,
    times,
    onlyGrows: true,
  });
  return (
    <>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {found.length > 0 && (
        <ol className={style.log}>
          {found.map(({ at, level, message, slice }, i) => (
            <li key={`${at} ${i}`} data-level={level}>
              <time dateTime={at}>{momentText(at)}</time>
              <p>
                {level !== 'info' && <b>{level} </b>}
                {message}
                {slice !== undefined && <small> slice {slice}</small>}
              </p>
            </li>
          ))}
        </ol>
      )}
      {complete && !problem && found.length === 0 && <p className={style.none}>Nothing is told of this run.</p>}
    </>
  );
}
