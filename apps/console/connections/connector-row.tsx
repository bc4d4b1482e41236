import type { Connector } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { capabilitiesText } from './words.ts';
import style from './connector-row.module.css';

export function ConnectorRow({ connector }: { connector: Connector }) {
  const { id, title, description, enabled } = connector;
  return (
    <li>
      <RouteLink className={style.row} to={{ room: 'connector', connector: id }}>
        <span className={style.title}>{title}</span>
        <span className={style.can}>{enabled ? capabilitiesText(connector) : 'disabled'}</span>
        {description !== undefined && <span className={style.description}>{description}</span>}
      </RouteLink>
    </li>
  );
}
