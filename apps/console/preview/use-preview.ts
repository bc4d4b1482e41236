import { useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Preview } from '../api/index.ts';

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

/** How long it rests when the server cannot be reached, in milliseconds. */
const rest = 3_000;

/**
 * Composes whenever the request changes. The latest request wins: what is under way for an earlier one is broken off, and an
 * answer that comes all the same is dropped.
 *
 * @param request undefined while it is not known what to compose
 */
export function usePreview(request: PreviewRequest | undefined): PreviewState {
  const api = useApi();
  const [answer, setAnswer] = useState<{ of?: string; mail?: Preview; problem?: ApiProblem }>({});
  const [attempt, setAttempt] = useState(0);
  const body = request && JSON.stringify(request);
  useEffect(() => {
    if (body === undefined) return;
    const outdated = new AbortController();
    const timer = setTimeout(() => {
      api.post<Preview>('api/preview', { body: JSON.parse(body) as PreviewRequest, signal: outdated.signal }).then(
        (mail) => outdated.signal.aborted || setAnswer({ of: body, mail }),
        (thrown: unknown) =>
          outdated.signal.aborted || setAnswer(({ mail }) => ({ of: body, mail, problem: asProblem(thrown) })),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, body, attempt]);
  useEffect(() => {
    if (answer.problem?.code !== 'unreachable') return;
    const timer = setTimeout(() => setAttempt((before) => before + 1), rest);
    return () => clearTimeout(timer);
  }, [answer]);
  useEffect(() => {
    if (!answer.mail || answer.problem) return;
    const anew = () => {
      if (document.visibilityState === 'visible') setAttempt((before) => before + 1);
      else document.addEventListener('visibilitychange', anew, { once: true });
    };
    const timer = setTimeout(anew, freshness);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', anew);
    };
  }, [answer]);
  const { of, mail, problem } = answer;
  return { mail, problem, composing: body !== undefined && body !== of };
}
