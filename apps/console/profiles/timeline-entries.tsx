import { usePagedList, type TimelineEntry } from '../api/index.ts';
import { Rest } from '../rooms/index.ts';
import { momentText } from '../runs/index.ts';
import type { SourceOf } from '../sources/index.ts';
import { Happening } from './happening.tsx';
import style from './timeline.module.css';

interface Props {
  /** Of the API. */
  path: string;
  /** Id. */
  profile: string;
  sourceOf: SourceOf;
  onUndone: () => void;
}

export function TimelineEntries({ path, profile, sourceOf, onUndone }: Props) {
  const list = usePagedList<TimelineEntry>(path, 50);
  return (
    <>
      <ol className={`rows ${style.entries}`}>
        {list.found.map((entry) => (
          <li key={`${entry.kind} ${entry.id}`}>
            {entry.at === undefined ? (
              <small>without a time</small>
            ) : (
              <time dateTime={entry.at}>{momentText(entry.at)}</time>
            )}
            <div>
              <Happening {...{ entry, profile, sourceOf, onUndone }} />
            </div>
          </li>
        ))}
      </ol>
      <Rest list={list} none="Nothing is known." />
    </>
  );
}
