import { useState } from 'react';
import { useAct, useFollowed, type Connection, type ConnectionData as Data } from '../api/index.ts';
import { Button, Notice, useAnnounce, useAnnounced, useStay } from '../ui/index.ts';
import { amountText, removalText } from './data-words.ts';
import { RemoveData } from './remove-data.tsx';
import style from './connection-room.module.css';

/** Milliseconds between two looks: counting costs something, and a removal goes on. */
const every = { rest: 60_000, removing: 2_000 };

/** What a connection said about people, and how it is taken away. */
export function ConnectionData({ connection }: { connection: Connection }) {
  const path = `api/connections/${connection.id}/data`;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [asking, setAsking] = useState(false);
  const [removing, setRemoving] = useState(false);
  const {
    found: data,
    problem: unread,
    again,
  } = useFollowed<Data>(path, {
    every: removing ? every.removing : every.rest,
  });
  const isOpen = data?.removal?.state === 'open';
  if (data && removing !== isOpen && doing === undefined) setRemoving(isOpen);
  const told = data?.removal && removalText(data.removal);
  useAnnounced(data && (isOpen ? 'What it said is being removed.' : data.removal ? 'What it said is removed.' : ''));
  const isNothing = data?.people === 0 && data.orders === 0;
  const { here, note } = useStay<HTMLElement>(`${isOpen} ${isNothing}`);
  const remove = async () => {
    setAsking(false);
    note();
    const done = await act('remove', async (api) => {
      await api.delete(path);
      return true;
    });
    if (!done) return;
    announce('The removal has begun.');
    again();
  };
  if (!data) return unread ? <Notice kind="problem">{unread.message}</Notice> : null;
  return (
    <section ref={here} tabIndex={-1} aria-labelledby="data">
      <h2 id="data">What it said about people</h2>
      <p className={style.said}>{isNothing ? 'Nothing, or nothing any more.' : `${amountText(data)}.`}</p>
      {told !== undefined && <p className={style.said}>{told}</p>}
      {!isNothing && !isOpen && (
        <Button icon="trash" busy={doing !== undefined} onClick={() => setAsking(true)}>
          Remove what it said
        </Button>
      )}
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {asking && (
        <RemoveData
          connection={connection}
          data={data}
          onLeave={() => setAsking(false)}
          onRemove={() => void remove()}
        />
      )}
    </section>
  );
}
