import { useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type List, type Share } from '../api/index.ts';

export interface Shares {
  /** Newest first. */
  shares: readonly Share[];
  problem?: ApiProblem;
  add: (share: Share) => void;
  noteRevoked: (id: string) => void;
}

const most = 50;

/** The links of a saved template, and those that were made of its draft here. */
export function useShares(template: string): Shares {
  const api = useApi();
  const [shares, setShares] = useState<readonly Share[]>([]);
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    const leaving = new AbortController();
    api.get<List<Share>>('api/shares', { query: { template, limit: most }, signal: leaving.signal }).then(
      ({ data }) => setShares(data),
      (thrown: unknown) => leaving.signal.aborted || setProblem(asProblem(thrown)),
    );
    return () => leaving.abort();
  }, [api, template]);
  return {
    shares,
    problem,
    add: (share) => setShares((before) => [share, ...before]),
    noteRevoked: (id) =>
      setShares((before) => before.map((one) => (one.id === id ? { ...one, state: 'revoked', url: null } : one))),
  };
}
