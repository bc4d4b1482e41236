import type { Connection } from '../api/index.ts';
import { ListRow } from '../rooms/index.ts';
import { CheckBadge } from './check-badge.tsx';
import { checkedText, troubleText } from './words.ts';

interface Props {
  connection: Connection;
  /** Its connector's title, or what it is for. */
  connector: string;
}

export function ConnectionRow({ connection, connector }: Props) {
  return (
    <ListRow
      to={{ room: 'connection', connection: connection.slug ?? connection.id }}
      badge={<CheckBadge connection={connection} />}
      name={connection.name}
      aside={checkedText(connection)}
      detail={connector}
      more={troubleText(connection)}
    />
  );
}
