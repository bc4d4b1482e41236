import { useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';
import { patiently } from './patiently.ts';
import type { List } from './views/index.ts';

export interface PagedList<T> {
  found: readonly T[];
  loading: boolean;
  problem?: ApiProblem;
  /** Reads the next page; absent when there is none. */
  more?: () => void;
  /** Asks once more for the page that was refused. */
  again: () => void;
}

interface Read<T> {
  path?: string;
  found: T[];
  /** Where the next page begins. */
  next: string | null;
  /** The page that was read last; undefined before the first one. */
  page?: string;
  problem?: ApiProblem;
}

/** A list of the API of which somebody asks for one page after the other. Where another path is asked for, what was found stays until its first page is there. */
export function usePagedList<T>(path: string, limit: number): PagedList<T> {
  const api = useApi();
  const [asked, setAsked] = useState({ path, page: '' });
  const [attempt, setAttempt] = useState(0);
  const [read, setRead] = useState<Read<T>>({ found: [], next: null });
  const page = asked.path === path ? asked.page : '';
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const query = { after: page || undefined, limit };
    const tell = (problem: ApiProblem) => setRead((before) => ({ ...before, problem }));
    patiently(() => api.get<List<T>>(path, { query, signal }), signal, tell).then(
      ({ data, next }) =>
        setRead(({ found }) => ({ path, found: page === '' ? data : [...found, ...data], next, page })),
      (thrown: unknown) =>
        signal.aborted || setRead((before) => ({ ...before, path, page, problem: asProblem(thrown) })),
    );
    return () => leaving.abort();
  }, [api, path, limit, page, attempt]);
  const { found, next, problem } = read;
  const loading = read.path !== path || read.page !== page;
  const isLast = next === null || read.path !== path;
  return {
    found,
    loading,
    problem,
    more: isLast ? undefined : () => setAsked({ path, page: next }),
    again: () => setAttempt(attempt + 1),
  };
}
