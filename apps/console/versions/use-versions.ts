import { useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type List, type TemplateVersion } from '../api/index.ts';

export interface Versions {
  /** Newest first. */
  versions: TemplateVersion[];
  loading: boolean;
  problem?: ApiProblem;
  /** Reads older ones; absent when there are none. */
  more?: () => void;
}

interface Read {
  versions: TemplateVersion[];
  /** Where the next page begins. */
  next: string | null;
  /** The page that was read last; undefined before the first one. */
  page?: string;
  problem?: ApiProblem;
}

export function useVersions(template: string): Versions {
  const api = useApi();
  const [page, setPage] = useState('');
  const [read, setRead] = useState<Read>({ versions: [], next: null });
  useEffect(() => {
    const leaving = new AbortController();
    const query = { after: page || undefined, limit: 20 };
    api.get<List<TemplateVersion>>(`api/templates/${template}/versions`, { query, signal: leaving.signal }).then(
      ({ data, next }) =>
        setRead(({ versions }) => ({ versions: page === '' ? data : [...versions, ...data], next, page })),
      (thrown: unknown) =>
        leaving.signal.aborted || setRead((before) => ({ ...before, page, problem: asProblem(thrown) })),
    );
    return () => leaving.abort();
  }, [api, template, page]);
  const { versions, next, problem } = read;
  return { versions, loading: read.page !== page, problem, more: next === null ? undefined : () => setPage(next) };
}
