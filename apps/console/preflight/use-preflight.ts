import { useCallback, useEffect, useState } from 'react';
import {
  asProblem,
  patiently,
  randomId,
  useApi,
  type ApiProblem,
  type List,
  type Preflight,
  type PreflightSummary,
} from '../api/index.ts';
import { isOpen } from './words.ts';

/** Milliseconds between two looks at how far it is. */
const interval = 1_000;

export interface PreflightState {
  /** Those of the template, newest first. */
  list: PreflightSummary[];
  /** The one that is looked at. */
  shown?: Preflight;
  problem?: ApiProblem;
  busy: boolean;
  begin: (request: object) => void;
  cancel: () => void;
  show: (id: string) => void;
}

/** A template's preflights: the newest one, or one that was chosen, is followed until it ends. */
export function usePreflight(template: string): PreflightState {
  const api = useApi();
  const [list, setList] = useState<PreflightSummary[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [shown, setShown] = useState<Preflight>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);

  const tell = useCallback((found: Preflight) => {
    setShown(found);
    setList((before) => {
      const known = before.some(({ id }) => id === found.id);
      return known ? before.map((one) => (one.id === found.id ? found : one)) : [found, ...before];
    });
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    const query = { template, limit: 20 };
    api
      .get<List<PreflightSummary>>('api/preflights', { query, signal: leaving.signal })
      .then(({ data }) => {
        setList(data);
        setChosen((before) => before ?? data[0]?.id);
      })
      .catch((thrown: unknown) => leaving.signal.aborted || setProblem(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, template]);

  useEffect(() => {
    if (chosen === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const follow = async () => {
      while (!signal.aborted) {
        const found = await patiently(
          () => api.get<Preflight>(`api/preflights/${chosen}`, { signal }),
          signal,
          setProblem,
        );
        setProblem((before) => (before?.code === 'unreachable' ? undefined : before));
        tell(found);
        if (!isOpen(found)) return;
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
    };
    follow().catch((thrown: unknown) => signal.aborted || setProblem(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, chosen, tell]);

  const ask = (path: string, body?: object) => {
    setBusy(true);
    setProblem(undefined);
    // A key of its own, so that a repeat by the network begins no second one.
    const headers = { 'idempotency-key': randomId() };
    api
      .post<Preflight>(path, { headers, ...(body && { body }) })
      .then((found) => {
        tell(found);
        setChosen(found.id);
      })
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };

  return {
    list,
    shown: shown?.id === chosen ? shown : undefined,
    problem,
    busy,
    begin: (request) => ask('api/preflights', request),
    cancel: () => shown && ask(`api/preflights/${shown.id}/cancel`),
    show: setChosen,
  };
}
