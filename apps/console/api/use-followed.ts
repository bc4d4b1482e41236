import { useCallback, useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';
import { patiently } from './patiently.ts';
import { repeatedly } from './repeatedly.ts';

export interface Followed<T> {
  /** As it was when it was last read. */
  found?: T;
  /** Why it is not there, or not as new as it should be. */
  problem?: ApiProblem;
  /** Reads it at once, and goes on from there. */
  again: () => void;
}

interface Options<T> {
  /** Milliseconds of rest between two looks. */
  every: number;
  /** It will not change any more. */
  isOver?: (found: T) => boolean;
  /** It is read at once whenever this is another one. */
  anew?: string;
}

const never = (): boolean => false;

/**
 * Reads something of the API again and again while the page is seen.
 *
 * @param path undefined while there is nothing to read
 */
export function useFollowed<T>(path: string | undefined, { every, isOver = never, anew }: Options<T>): Followed<T> {
  const api = useApi();
  const [attempt, setAttempt] = useState(0);
  const [read, setRead] = useState<{ path?: string; found?: T; problem?: ApiProblem }>({});
  useEffect(() => {
    if (path === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const tell = (problem: ApiProblem) =>
      setRead((before) => ({ path, problem, ...(before.path === path && { found: before.found }) }));
    const look = async () => {
      const found = await patiently(() => api.get<T>(path, { signal }), signal, tell);
      if (!signal.aborted) setRead({ path, found });
      return isOver(found);
    };
    repeatedly(look, every, signal).catch((thrown: unknown) => signal.aborted || tell(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, path, every, isOver, anew, attempt]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...(read.path === path && { found: read.found, problem: read.problem }), again };
}
