import { useEffect, useState } from 'react';
import { ApiProblem, useApi } from '../api/index.ts';

/** Whether the server has a route to POST to: it refuses an empty body there, and says elsewhere that there is no route. */
export function useOffered(path: string, wanted: boolean): boolean {
  const api = useApi();
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const leaving = new AbortController();
    api.post(path, { body: {}, signal: leaving.signal }).catch((thrown: unknown) => {
      if (thrown instanceof ApiProblem) setOffered(thrown.code === 'bad_request');
    });
    return () => leaving.abort();
  }, [api, path, wanted]);
  return offered;
}
