import type { ReactNode } from 'react';
import { RouteLink, type Route } from '../routing/index.ts';
import style from './list-row.module.css';

interface Props {
  to: Route;
  /** How it is, where it can be one way or another. */
  badge?: ReactNode;
  name: string;
  aside: string;
  detail: string;
  /** What is wrong with it, or more of it; empty: nothing. */
  more: string;
}

/** One of a list: it leads to its room. */
export function ListRow({ to, badge, name, aside, detail, more }: Props) {
  return (
    <li>
      <RouteLink className={style.row} data-bare={badge === undefined || undefined} to={to}>
        {badge !== undefined && <span className={style.state}>{badge}</span>}
        <span className={style.name}>{name}</span>
        <span className={style.aside}>{aside}</span>
        <span className={style.detail}>{detail}</span>
        {more !== '' && <span className={style.trouble}>{more}</span>}
      </RouteLink>
    </li>
  );
}
