import { useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';
import type { List } from './views/index.ts';

export interface PagedList<T> {
  found: readonly T[];
  loading: boolean;
  problem?: ApiProblem;
  /** Reads the next page; absent when there is none. */
  more?: () => void;
}

interface Read<T> {
  found: T[];
  /** Where the next page begins. */
  next: string | null;
  /** The page that was read last; undefined before the first one. */
  page?: string;
  problem?: ApiProblem;
}

/** A list of the API of which somebody asks for one page after the other. For another path it needs another `key`. */
export function usePagedList<T>(path: string, limit: number): PagedList<T> {
  const api = useApi();
  const [page, setPage] = useState('');
  const [read, setRead] = useState<Read<T>>({ found: [], next: null });
  useEffect(() => {
    const leaving = new AbortController();
    const query = { after: page || undefined, limit };
    api.get<List<T>>(path, { query, signal: leaving.signal }).then(
      ({ data, next }) => setRead(({ found }) => ({ found: page === '' ? data : [...found, ...data], next, page })),
      (thrown: unknown) =>
        leaving.signal.aborted || setRead((before) => ({ ...before, page, problem: asProblem(thrown) })),
    );
    return () => leaving.abort();
  }, [api, path, limit, page]);
  const { found, next, problem } = read;
  return { found, loading: read.page !== page, problem, more: next === null ? undefined : () => setPage(next) };
}
