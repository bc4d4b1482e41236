import { useEffect, useState } from 'react';
import { asProblem, patiently, repeatedly, useApi, type ApiProblem, type Preview } from '../api/index.ts';

/** The body of POST /api/preview. */
export type PreviewRequest = Record<string, unknown>;

export interface PreviewState {
  /** The newest mail that could be composed; while there is a problem, it is an earlier one. */
  mail?: Preview;
  problem?: ApiProblem;
  /** A newer one is under way. */
  composing: boolean;
}

/** How long somebody has to pause typing, in milliseconds. */
const pause = 220;

/** How long the page of a mail is looked at before it is made anew, in milliseconds: the server keeps it for 15 minutes. */
const freshness = 12 * 60_000;

/**
 * Composes whenever the request changes. The latest request wins: what is under way for an earlier one is broken off, and an
 * answer that comes all the same is dropped.
 *
 * @param request undefined while it is not known what to compose
 */
export function usePreview(request: PreviewRequest | undefined): PreviewState {
  const api = useApi();
  const [answer, setAnswer] = useState<{ of?: string; mail?: Preview; problem?: ApiProblem }>({});
  const body = request && JSON.stringify(request);
  useEffect(() => {
    if (body === undefined) return;
    const outdated = new AbortController();
    const { signal } = outdated;
    const tell = (problem: ApiProblem) => setAnswer(({ mail }) => ({ of: body, mail, problem }));
    const compose = () => api.post<Preview>('api/preview', { body: JSON.parse(body) as PreviewRequest, signal });
    const look = async () => {
      const mail = await patiently(compose, signal, tell);
      if (!signal.aborted) setAnswer({ of: body, mail });
      return false;
    };
    const timer = setTimeout(() => {
      repeatedly(look, freshness, signal).catch((thrown: unknown) => signal.aborted || tell(asProblem(thrown)));
    }, pause);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, body]);
  const { of, mail, problem } = answer;
  return { mail, problem, composing: body !== undefined && body !== of };
}
