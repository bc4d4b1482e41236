import { RouteLink } from '../routing/index.ts';
import { typeTitles } from './words.ts';
import style from './alert-rooms.module.css';

/** The ways to a new channel, by what it is. */
export function NewChannelLinks() {
  return (
    <p className={style.links}>
      New channel:{' '}
      {Object.entries(typeTitles).map(([type, title]) => (
        <RouteLink key={type} to={{ room: 'newChannel', type }}>
          {title}
        </RouteLink>
      ))}
    </p>
  );
}
