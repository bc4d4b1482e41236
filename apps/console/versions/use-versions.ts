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

export function useVersions(template: string): Versions {
  const api = useApi();
  const [after, setAfter] = useState<string>();
  const [{ versions, next, loading, problem }, setState] = useState<{
    versions: TemplateVersion[];
    next: string | null;
    loading: boolean;
    problem?: ApiProblem;
  }>({ versions: [], next: null, loading: true });
  useEffect(() => {
    const leaving = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    api
      .get<List<TemplateVersion>>(`api/templates/${template}/versions`, {
        query: { after, limit: 20 },
        signal: leaving.signal,
      })
      .then(({ data, next }) =>
        setState((before) => ({
          versions: after === undefined ? data : [...before.versions, ...data],
          next,
          loading: false,
        })),
      )
      .catch((thrown: unknown) => {
        if (!leaving.signal.aborted) setState((before) => ({ ...before, loading: false, problem: asProblem(thrown) }));
      });
    return () => leaving.abort();
  }, [api, template, after]);
  return { versions, loading, problem, more: next === null ? undefined : () => setAfter(next) };
}
