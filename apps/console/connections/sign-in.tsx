import { useState } from 'react';
import { useAct, type Connection, type SignInLink } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';
import style from './connection-room.module.css';

/** Gives the link by which somebody lets the connection act for them at the vendor. */
export function SignIn({ connection: { id } }: { connection: Connection }) {
  const { doing, problem, act } = useAct();
  const [link, setLink] = useState<SignInLink>();
  const ask = async () => {
    const made = await act('sign in', (api) => api.post<SignInLink>(`api/connections/${id}/sign-in`));
    if (made) setLink(made);
  };
  return (
    <section aria-labelledby="sign-in">
      <h2 id="sign-in">Sign-in at the vendor</h2>
      {link ? (
        <p className={style.said}>
          <a href={link.url} target="_blank" rel="noreferrer">
            Open the vendor’s page
          </a>{' '}
          within ten minutes, and agree there. It leads back to <code>{link.redirectUri}</code>, which the vendor has to
          know.
        </p>
      ) : (
        <p className={style.said}>Whoever signs in there lets this connection act for them.</p>
      )}
      <Button icon="open" busy={doing !== undefined} onClick={() => void ask()}>
        {link ? 'Another link' : 'Get a link'}
      </Button>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
    </section>
  );
}
