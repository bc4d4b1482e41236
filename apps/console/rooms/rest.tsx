import type { PagedList } from '../api/index.ts';
import { ShowMore } from '../ui/index.ts';
import { Trouble } from './trouble.tsx';
import style from './rest.module.css';

interface Props {
  list: PagedList<unknown>;
  /** Said where it is empty. */
  none: string;
}

/** Below what was read of a list: that there is more, nothing at all, or what went wrong. */
export function Rest({ list: { found, loading, problem, more, again }, none }: Props) {
  const isNone = !problem && !more && found.length === 0;
  return (
    <>
      <ShowMore className={style.rest} count={found.length} busy={loading} onMore={problem ? undefined : more} />
      {problem && <Trouble problem={problem} onAgain={again} />}
      {isNone && <p className={style.rest}>{loading ? 'Reading …' : none}</p>}
    </>
  );
}
