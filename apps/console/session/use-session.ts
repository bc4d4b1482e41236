import { useCallback, useEffect, useState } from 'react';
import { Api, asProblem, patiently, type KeyHolder } from '../api/index.ts';
import type { SignedIn } from './session-context.ts';
import { storedKey } from './stored-key.ts';

export interface SignedOut {
  is: 'out';
  /** Why somebody who was signed in is not any more. */
  notice?: string;
  /** Resolves with what is wrong, or with nothing when it worked. */
  signIn: (key: string) => Promise<string | undefined>;
}

export interface OpeningSession {
  is: 'opening';
  /** Its answer is not there because the server cannot be reached. */
  unreachable: boolean;
  /** Forgets the key. */
  signOut: () => void;
}

export type Session = SignedIn | SignedOut | OpeningSession;
type State =
  { is: 'opening'; unreachable: boolean } | { is: 'out'; notice?: string } | { is: 'in'; api: Api; holder: KeyHolder };

/** Signs in with the key that this tab has, if it has one, and in and out as told. */
export function useSession(): Session {
  const [state, setState] = useState<State>(() =>
    storedKey.read() === null ? { is: 'out' } : { is: 'opening', unreachable: false },
  );

  const onRefusedKey = useCallback((key: string) => {
    if (storedKey.read() !== key) return; // a late answer to whoever was signed in before
    storedKey.forget();
    const notice = 'The server no longer takes this key. What you had not saved is still here: sign in to go on.';
    setState({ is: 'out', notice });
  }, []);

  useEffect(() => {
    const key = storedKey.read();
    if (key === null) return;
    const leaving = new AbortController();
    const isOver = () => leaving.signal.aborted || storedKey.read() !== key; // signed out meanwhile
    const onWait = () => isOver() || setState({ is: 'opening', unreachable: true });
    patiently(() => openSession(key, onRefusedKey), leaving.signal, onWait).then(
      (opened) => isOver() || setState(opened),
      (thrown: unknown) => {
        if (isOver()) return;
        if (asProblem(thrown).status === 401) storedKey.forget();
        setState({ is: 'out', notice: explain(thrown) });
      },
    );
    return () => leaving.abort();
  }, [onRefusedKey]);

  const signIn = useCallback(
    async (key: string) => {
      try {
        setState(await openSession(key, onRefusedKey));
        storedKey.keep(key);
        return undefined;
      } catch (thrown) {
        return explain(thrown);
      }
    },
    [onRefusedKey],
  );
  const signOut = useCallback(() => {
    storedKey.forget();
    setState({ is: 'out' });
  }, []);

  switch (state.is) {
    case 'opening':
      return { ...state, signOut };
    case 'out':
      return { ...state, signIn };
    case 'in':
      return { ...state, signOut };
  }
}

function explain(thrown: unknown): string {
  const problem = asProblem(thrown);
  if (problem.status === 401)
    return 'The server does not take this key. Copy it once more, whole; or ask an admin for a new one.';
  if (problem.status === 0) return 'The server cannot be reached. Try again in a moment.';
  return problem.message;
}

async function openSession(key: string, onRefusedKey: (key: string) => void): Promise<State> {
  const holder = await new Api(key).get<KeyHolder>('api/me');
  return { is: 'in', api: new Api(key, () => onRefusedKey(key)), holder };
}
