import type { Connection } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { CheckBadge } from './check-badge.tsx';
import { checkedText, troubleText } from './words.ts';
import style from './connection-row.module.css';

interface Props {
  connection: Connection;
  /** Its connector's title. */
  connector: string;
}

export function ConnectionRow({ connection, connector }: Props) {
  const trouble = troubleText(connection);
  return (
    <li>
      <RouteLink className={style.row} to={{ room: 'connection', connection: connection.slug ?? connection.id }}>
        <span className={style.state}>
          <CheckBadge connection={connection} />
        </span>
        <span className={style.name}>{connection.name}</span>
        <span className={style.checked}>{checkedText(connection)}</span>
        <span className={style.connector}>{connector}</span>
        {trouble !== '' && <span className={style.trouble}>{trouble}</span>}
      </RouteLink>
    </li>
  );
}
