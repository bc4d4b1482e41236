import { useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';
import { patiently } from './patiently.ts';
import type { List } from './views/index.ts';

export interface PagedList<T> {
  found: readonly T[];
  /** How many of them there are; none while they are of another path yet. */
  counted: number;
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

/**
 * A list of the API of which somebody asks for one page after the other. Where another path is asked for, what was found stays until its
 * first page is there, or is refused.
 */
export function usePagedList<T>(path: string, limit: number): PagedList<T> {
  const api = useApi();
  const [asked, setAsked] = useState({ path, page: '' });
  if (asked.path !== path) setAsked({ path, page: '' }); // whoever comes back to a path begins anew
  const [attempt, setAttempt] = useState(0);
  const [read, setRead] = useState<Read<T>>({ found: [], next: null });
  const { page } = asked;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const query = { after: page || undefined, limit };
    const ofThis = (change: Partial<Read<T>>) =>
      setRead((before) => ({ ...(before.path === path ? before : { found: [], next: null }), ...change }));
    const tell = (problem: ApiProblem) => ofThis({ problem });
    patiently(() => api.get<List<T>>(path, { query, signal }), signal, tell).then(
      ({ data, next }) =>
        setRead((before) => {
          const found = before.path === path && page !== '' ? [...before.found, ...data] : data;
          return { path, found, next, page };
        }),
      (thrown: unknown) => signal.aborted || ofThis({ path, page, problem: asProblem(thrown) }),
    );
    return () => leaving.abort();
  }, [api, path, limit, page, attempt]);
  const { found, next, problem } = read;
  const loading = read.path !== path || read.page !== page;
  const isFormer = read.path !== path;
  return {
    found,
    counted: isFormer ? 0 : found.length,
    loading,
    problem,
    more: next === null || isFormer ? undefined : () => setAsked({ path, page: next }),
    again: () => setAttempt(attempt + 1),
  };
}
