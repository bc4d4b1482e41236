import { useCallback, useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';
import { pagesOf, type Place } from './pages-of.ts';
import { repeatedly } from './repeatedly.ts';

export interface GrowingList<T> {
  /** So far. */
  found: readonly T[];
  complete: boolean;
  problem?: ApiProblem;
  /** Reads it at once, and goes on from there. */
  again: () => void;
}

interface Options {
  /** Milliseconds until it is read again; absent: it is read once. Another reading shows when it is complete. */
  every?: number;
  /** It is read so many times (default: again and again). */
  times?: number;
  /** Rows are added at its end only: another reading begins with what was the last page. */
  onlyGrows?: boolean;
}

/** A whole list of the API, page by page: it is there at once, and grows. */
export function useGrowingList<T>(
  path: string,
  { every, times = every === undefined ? 1 : Infinity, onlyGrows = false }: Options = {},
): GrowingList<T> {
  const api = useApi();
  const [attempt, setAttempt] = useState(0);
  const [list, setList] = useState<Omit<GrowingList<T>, 'again'> & { path?: string }>({ found: [], complete: false });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const ofThis = (change: object) =>
      setList((before) => ({ ...(before.path === path ? before : { path, found: [], complete: false }), ...change }));
    const tell = (problem: ApiProblem) => ofThis({ problem });
    let readings = 0;
    let from: Place<T> | undefined;
    const read = async () => {
      for await (const { found, complete, lastPage } of pagesOf<T>(api, path, signal, tell, from)) {
        if (signal.aborted) return true;
        if (complete && onlyGrows) from = lastPage;
        setList((before) =>
          before.path === path && before.complete && !complete ? before : { path, found, complete },
        );
      }
      return ++readings >= times;
    };
    repeatedly(read, every ?? 0, signal).catch(
      (thrown: unknown) => signal.aborted || ofThis({ complete: true, problem: asProblem(thrown) }),
    );
    return () => leaving.abort();
  }, [api, path, every, times, onlyGrows, attempt]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  const { found, complete, problem } = list.path === path ? list : { found: none, complete: false, problem: undefined };
  return { found, complete, problem, again };
}

const none: readonly never[] = [];
