import { usePagedList, type PrivacyRequest, type RequestKind } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
import { TopBar } from '../shell/index.ts';
import { ListRoom, useSearch } from '../ui/index.ts';
import { RequestRow } from './request-row.tsx';
import { kinds } from './words.ts';
import style from './privacy.module.css';

/** All requests, newest first. */
export function RequestList() {
  const { wanted, want } = useSearch('');
  const path = wanted === '' ? 'api/privacy/requests' : `api/privacy/requests?kind=${wanted}`;
  const { found, counted, loading, problem, more, again } = usePagedList<PrivacyRequest>(path, 50);
  return (
    <>
      <TopBar house="people" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="Privacy requests"
        tools={
          <label className={style.kinds}>
            Show{' '}
            <select value={wanted} onChange={({ target }) => want(target.value)}>
              <option value="">all</option>
              {(Object.keys(kinds) as RequestKind[]).map((kind) => (
                <option key={kind} value={kind}>
                  {kinds[kind].title.toLowerCase()}s
                </option>
              ))}
            </select>
          </label>
        }
        count={{
          matching: counted,
          all: counted,
          complete: !loading,
          part: more !== undefined,
          problem,
          one: 'request',
          many: 'requests',
        }}
        onMore={more}
        empty={
          !loading &&
          !problem &&
          found.length === 0 &&
          'Nobody has asked for it. What somebody wants is asked for in the room of that person, among the people.'
        }
      >
        {found.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ListRoom>
    </>
  );
}
