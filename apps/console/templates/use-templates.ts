import { useEffect, useState } from 'react';
import { asProblem, patiently, useApi, type ApiProblem, type List, type TemplateSummary } from '../api/index.ts';

export interface Templates {
  /** So far; the one that changed last comes first. */
  found: readonly TemplateSummary[];
  complete: boolean;
  problem?: ApiProblem;
}

/** All templates, page by page: the list is there at once, and grows. */
export function useTemplates(): Templates {
  const api = useApi();
  const [templates, setTemplates] = useState<Templates>({ found: [], complete: false });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const tell = (problem: ApiProblem) => setTemplates((before) => ({ ...before, problem }));
    const read = async () => {
      const all: TemplateSummary[] = [];
      let after: string | undefined;
      do {
        const query = { after, limit: 200, summary: 'true' };
        const ask = () => api.get<List<TemplateSummary>>('api/templates', { query, signal });
        const { data, next } = await patiently(ask, signal, tell);
        after = next ?? undefined;
        all.push(...data);
        setTemplates({ found: newestFirst(all), complete: after === undefined });
      } while (after !== undefined);
    };
    read().catch((thrown: unknown) => {
      if (!signal.aborted) setTemplates((before) => ({ ...before, complete: true, problem: asProblem(thrown) }));
    });
    return () => leaving.abort();
  }, [api]);
  return templates;
}

function newestFirst(templates: TemplateSummary[]): TemplateSummary[] {
  return templates.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
