import { useCallback, useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type List } from '../api/index.ts';

export interface Offered<T> {
  /** Absent: it is not known (yet). */
  found?: readonly T[];
  problem?: ApiProblem;
  asking: boolean;
  /** Asks once more. */
  again: () => void;
}

interface Answer<T> {
  asked: string;
  found?: readonly T[];
  problem?: ApiProblem;
}

/** What a connection offers: the other system is asked, once, which may take a minute and fail. */
export function useOffered<T>(connection: string, what: 'streams' | 'objects'): Offered<T> {
  const api = useApi();
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>();
  const asked = `${connection} ${what} ${attempt}`;
  useEffect(() => {
    if (connection === '') return;
    const leaving = new AbortController();
    const { signal } = leaving;
    api.get<List<T>>(`api/connections/${encodeURIComponent(connection)}/${what}`, { signal }).then(
      ({ data }) => setAnswer({ asked, found: data }),
      (thrown: unknown) => signal.aborted || setAnswer({ asked, problem: asProblem(thrown) }),
    );
    return () => leaving.abort();
  }, [api, connection, what, asked]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  const { found, problem } = answer?.asked === asked ? answer : { found: undefined, problem: undefined };
  return { found, problem, asking: connection !== '' && !found && !problem, again };
}
