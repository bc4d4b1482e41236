import { Children, useId, type ReactNode } from 'react';
import { RoomHeading } from './room-heading.tsx';
import { ShowMore } from './show-more.tsx';
import { useTitle } from './use-title.ts';
import style from './list-room.module.css';

interface Props {
  title: string;
  /** What one may do, beside the title. */
  action?: ReactNode;
  /** Narrows the list down. */
  tools: ReactNode;
  count: ListCount;
  /** The rows that are shown, each an `li`. */
  children: ReactNode;
  /** There are more rows than are shown. */
  onMore?: () => void;
  /** What those that are shown have in common, where it is not that they come first. */
  which?: string;
  /** What is said where there is no row. */
  empty?: ReactNode;
  /** Rows that are not counted among the others, below them. */
  apart?: false | { title: string; rows: ReactNode; below?: ReactNode };
}

interface ListCount {
  matching: number;
  all: number;
  /** `all` is not only what was read so far. */
  complete: boolean;
  /** There are more than `all`: whoever wants them asks for them. */
  part?: boolean;
  /** Why they could not be read, which is told above. */
  problem: Error | undefined;
  one: string;
  many: string;
}

/** A room that lists what there is: looked for, counted, and so many shown at a time. */
export function ListRoom({ title, action, tools, count, children, onMore, which, empty, apart }: Props) {
  const id = useId();
  useTitle(title);
  return (
    <main className={style.page}>
      <div className={style.head}>
        <RoomHeading>{title}</RoomHeading>
        {action}
      </div>
      {tools}
      <p className={style.count} role="status">
        {countText(count)}
      </p>
      <ul className={`card rows ${style.list}`}>{children}</ul>
      <ShowMore className={style.count} count={Children.count(children)} which={which} onMore={onMore} />
      {empty && <p className={style.empty}>{empty}</p>}
      {apart && (
        <section className={style.apart} aria-labelledby={id}>
          <h2 id={id}>{apart.title}</h2>
          <ul className={`card rows ${style.list}`}>{apart.rows}</ul>
          {apart.below}
        </section>
      )}
    </main>
  );
}

/** "12 of 340 syncs", "200 so far …", "The first 50 people" */
function countText({ matching, all, complete, part = false, problem, one, many }: ListCount): string {
  if (all === 0 && problem) return '';
  if (all === 0 && !complete) return 'Reading …';
  const [some, whole] = [matching, all].map((number) => number.toLocaleString('en'));
  const shown = matching === all ? whole : `${some} of ${whole}`;
  if (part) return `The first ${shown} ${many}`;
  return complete ? `${shown} ${all === 1 ? one : many}` : `${shown} so far …`;
}
