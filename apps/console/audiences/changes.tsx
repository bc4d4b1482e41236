import { usePagedList, type AudienceChange } from '../api/index.ts';
import { Rest } from '../rooms/index.ts';
import { nameOf } from '../profiles/index.ts';
import { RouteLink } from '../routing/index.ts';
import { momentText } from '../runs/index.ts';
import style from './member-rows.module.css';

/** Who entered an audience, and who left it, newest first. */
export function Changes({ path }: { path: string }) {
  const list = usePagedList<AudienceChange>(path, 50);
  return (
    <>
      <ol className={`rows ${style.list}`}>
        {list.found.map(({ profile, person, change, at }) => (
          <li key={`${profile} ${change} ${at}`}>
            <p>
              {person ? (
                <RouteLink to={{ room: 'person', profile: person.id }}>{nameOf(person)}</RouteLink>
              ) : (
                `Somebody of whom nothing is left (${profile})`
              )}{' '}
              {change}
            </p>
            <span>{momentText(at)}</span>
          </li>
        ))}
      </ol>
      <Rest list={list} none="Nobody entered or left it, as far as that is kept." />
    </>
  );
}
