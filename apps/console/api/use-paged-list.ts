import { useEffect, useState } from 'react';
import { useKept } from '../history/index.ts';
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

/** The most rows that the API gives at once. */
const mostRows = 200;

/**
 * A list of the API of which somebody asks for one page after the other; whoever comes back by the browser's history is shown as many. Where
 * another path is asked for, what was found stays until its first page is there, or is refused.
 */
export function usePagedList<T>(path: string, limit: number): PagedList<T> {
  const api = useApi();
  const [asked, setAsked] = useKept(nameOf(path), { path, pages: 1 });
  const [page, setPage] = useState('');
  if (asked.path !== path) {
    setAsked({ path, pages: 1 }); // whoever looks for something again begins anew
    setPage('');
  }
  const [attempt, setAttempt] = useState(0);
  const [read, setRead] = useState<Read<T>>({ found: [], next: null });
  const { pages } = asked;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const ofThis = (change: Partial<Read<T>>) =>
      setRead((before) => ({ ...(before.path === path ? before : { found: [], next: null }), ...change }));
    const tell = (problem: ApiProblem) => ofThis({ problem });
    const ask = (query: { after?: string; limit: number }) =>
      patiently(() => api.get<List<T>>(path, { query, signal }), signal, tell);
    const readOn = async () => {
      let after: string | null = page;
      for (let left = page === '' ? pages : 1; left > 0 && after !== null;) {
        const atOnce = Math.min(left, Math.floor(mostRows / limit));
        const { data, next } = await ask({ after: after || undefined, limit: limit * atOnce });
        const isFirst = after === '';
        left -= atOnce;
        after = next;
        const isLast = left === 0 || next === null;
        setRead((before) => {
          const found = before.path === path && !isFirst ? [...before.found, ...data] : data;
          return { path, found, next, page: isLast ? page : undefined };
        });
      }
    };
    readOn().catch((thrown: unknown) => signal.aborted || ofThis({ path, page, problem: asProblem(thrown) }));
    return () => leaving.abort();
  }, [api, path, limit, page, pages, attempt]);
  const { found, next, problem } = read;
  const loading = read.path !== path || read.page !== page;
  const isFormer = read.path !== path;
  const readMore = (after: string) => {
    if (loading) return;
    setAsked({ path, pages: pages + 1 });
    setPage(after);
  };
  return {
    found,
    counted: isFormer ? 0 : found.length,
    loading,
    problem,
    more: next === null || isFormer ? undefined : () => readMore(next),
    again: () => setAttempt(attempt + 1),
  };
}

/** The same whatever is looked for in it. */
const nameOf = (path: string): string => path.replace(/\?.*/, '');
