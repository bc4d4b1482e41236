import { useRef, useState } from 'react';
import { useApi } from './api-context.ts';
import type { Api } from './api.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';

export interface Acting {
  /** Which deed is under way. */
  doing?: string;
  /** Why the last one was refused. */
  problem?: ApiProblem;
  /** Resolves with what came of it; with nothing when it was refused, or another one is under way. */
  act: <T>(name: string, deed: (api: Api) => Promise<T>) => Promise<T | undefined>;
}

/** Does something by the API, one thing at a time. */
export function useAct(): Acting {
  const api = useApi();
  const [state, setState] = useState<{ doing?: string; problem?: ApiProblem }>({});
  const busy = useRef(false);
  const act = async <T>(name: string, deed: (api: Api) => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    setState({ doing: name });
    try {
      const result = await deed(api);
      setState({});
      return result;
    } catch (thrown) {
      setState({ problem: asProblem(thrown) });
      return undefined;
    } finally {
      busy.current = false;
    }
  };
  return { ...state, act };
}
