import { useState } from 'react';
import { useAct, useFollowed, type ApiProblem, type Variants } from '../api/index.ts';

/** Milliseconds between two looks at how far it is. */
const every = 1_000;

const isOver = ({ state }: Variants): boolean => state !== 'running';

export interface VariantsState {
  found?: Variants;
  problem?: ApiProblem;
  /** They are of another draft than the one that is there now. */
  outdated: boolean;
  searching: boolean;
  search: () => void;
}

/**
 * @param request the template, as the API takes it; only `search` asks anything
 * @param revision of what is saved: a request that names the template may mean another mail by now
 */
export function useVariants(request: Record<string, unknown>, revision: number): VariantsState {
  const of = `${revision} ${JSON.stringify(request)}`;
  const [asked, setAsked] = useState<{ of: string; answer?: Variants }>();
  const { doing, problem: refused, act } = useAct();
  const running = asked?.answer && !isOver(asked.answer) ? `api/variants/${asked.answer.id}` : undefined;
  const { found = asked?.answer, problem = refused } = useFollowed<Variants>(running, { every, isOver });
  const search = async () => {
    setAsked({ of });
    const answer = await act('search', (api) => api.post<Variants>('api/variants', { body: request }));
    setAsked({ of, answer });
  };
  const waits = problem === undefined || problem.code === 'unreachable';
  return {
    found,
    problem,
    searching: doing !== undefined || (waits && found?.state === 'running'),
    outdated: asked?.of !== of,
    search: () => void search(),
  };
}
