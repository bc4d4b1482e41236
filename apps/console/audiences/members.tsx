import { usePagedList, type PersonSummary } from '../api/index.ts';
import { Rest } from '../rooms/index.ts';
import { RouteLink } from '../routing/index.ts';
import { nameOf } from '../profiles/index.ts';
import style from './member-rows.module.css';

/** Who is in an audience. */
export function Members({ path }: { path: string }) {
  const list = usePagedList<PersonSummary>(path, 50);
  return (
    <>
      <ul className={`rows ${style.list}`}>
        {list.found.map((person) => (
          <li key={person.id}>
            <RouteLink to={{ room: 'person', profile: person.id }}>{nameOf(person)}</RouteLink>
            <span>{person.identities.map(({ value }) => value).join(', ')}</span>
          </li>
        ))}
      </ul>
      <Rest list={list} none="Nobody is in it." />
    </>
  );
}
