import { useEffect, useState } from 'react';
import { asProblem, patiently, useApi, type ApiProblem, type Variants } from '../api/index.ts';

/** Milliseconds between two looks at how far it is. */
const interval = 1_000;

export interface VariantsState {
  found?: Variants;
  problem?: ApiProblem;
  /** They are of another draft than the one that is there now. */
  outdated: boolean;
  searching: boolean;
  search: () => void;
}

/** @param request the template, as the API takes it; only `search` asks anything */
export function useVariants(request: Record<string, unknown>): VariantsState {
  const api = useApi();
  const body = JSON.stringify(request);
  const [asked, setAsked] = useState<{ body: string }>();
  const [answer, setAnswer] = useState<{ to?: object; found?: Variants; problem?: ApiProblem }>({});
  useEffect(() => {
    if (!asked) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const follow = async () => {
      let found = await api.post<Variants>('api/variants', { body: JSON.parse(asked.body) as object, signal });
      while (!signal.aborted) {
        setAnswer({ to: asked, found });
        if (found.state !== 'running') return;
        await new Promise((resolve) => setTimeout(resolve, interval));
        const { id } = found;
        found = await patiently(() => api.get<Variants>(`api/variants/${id}`, { signal }), signal);
      }
    };
    follow().catch((thrown: unknown) => signal.aborted || setAnswer({ to: asked, problem: asProblem(thrown) }));
    return () => leaving.abort();
  }, [api, asked]);
  const { found, problem, to } = answer;
  const searching = asked !== undefined && (to !== asked || found?.state === 'running');
  return { found, problem, searching, outdated: asked?.body !== body, search: () => setAsked({ body }) };
}
