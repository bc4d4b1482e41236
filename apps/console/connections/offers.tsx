import type { ReactNode } from 'react';
import { useFollowed, type List } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
import style from './connection-room.module.css';

interface Props<Offer> {
  id: string;
  title: string;
  path: string;
  /** Whenever this is another one, it is read again. */
  anew: string;
  children: (offers: readonly Offer[]) => ReactNode;
  /** What is said where there are none; absent: the section is left out then. */
  none?: string;
}

const once = { every: 1_000, isOver: () => true };

/** What the other side has, as it says itself: that may take a while. */
export function Offers<Offer>({ id, title, path, anew, none, children }: Props<Offer>) {
  const { found, problem, again } = useFollowed<List<Offer>>(path, { ...once, anew });
  if (found?.data.length === 0 && none === undefined) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Trouble problem={problem} onAgain={again} />
      {!found && !problem && <p className={style.said}>Asking the other side …</p>}
      {found && (found.data.length === 0 ? <p className={style.said}>{none}</p> : <ul>{children(found.data)}</ul>)}
    </section>
  );
}
