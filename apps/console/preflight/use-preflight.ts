import { useEffect, useState } from 'react';
import {
  asProblem,
  randomId,
  useAct,
  useApi,
  useFollowed,
  type ApiProblem,
  type List,
  type Preflight,
  type PreflightSummary,
} from '../api/index.ts';
import { isOpen } from './words.ts';

/** Milliseconds between two looks at how far it is. */
const every = 1_000;

const isOver = (preflight: Preflight): boolean => !isOpen(preflight);

export interface PreflightState {
  /** Those of the template, newest first. */
  list: PreflightSummary[];
  /** The one that is looked at. */
  shown?: Preflight;
  /** Why something that was asked for was not done. */
  problem?: ApiProblem;
  /** Why nobody knows how far it is. */
  stuck?: ApiProblem;
  busy: boolean;
  begin: (request: object) => void;
  cancel: () => void;
  show: (id: string) => void;
  /** Looks once more how far it is. */
  again: () => void;
}

/** A template's preflights: the newest one, or one that was chosen, is followed until it ends. */
export function usePreflight(template: string): PreflightState {
  const api = useApi();
  const [list, setList] = useState<PreflightSummary[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [unlisted, setUnlisted] = useState<ApiProblem>();
  const { doing, problem: refused, act } = useAct();
  const {
    found: shown,
    problem: stuck,
    again,
  } = useFollowed<Preflight>(chosen && `api/preflights/${chosen}`, { every, isOver });

  useEffect(() => {
    const leaving = new AbortController();
    const query = { template, limit: 20 };
    api
      .get<List<PreflightSummary>>('api/preflights', { query, signal: leaving.signal })
      .then(({ data }) => {
        setList(data);
        setChosen((before) => before ?? data[0]?.id);
      })
      .catch((thrown: unknown) => leaving.signal.aborted || setUnlisted(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, template]);

  const ask = async (path: string, body?: object) => {
    // A key of its own, so that a repeat by the network begins no second one.
    const headers = { 'idempotency-key': randomId() };
    const found = await act('ask', () => api.post<Preflight>(path, { headers, ...(body && { body }) }));
    if (!found) return;
    setUnlisted(undefined);
    setList((before) => (before.some(({ id }) => id === found.id) ? before : [found, ...before]));
    setChosen(found.id);
    again();
  };

  return {
    list: list.map((one) => (one.id === shown?.id ? shown : one)),
    shown,
    problem: refused ?? unlisted,
    stuck,
    busy: doing !== undefined,
    begin: (request) => void ask('api/preflights', request),
    cancel: () => shown && void ask(`api/preflights/${shown.id}/cancel`),
    show: setChosen,
    again,
  };
}
