import { useEffect, useState } from 'react';
import { asProblem, patiently, repeatedly, useApi, type ApiProblem, type Preview } from '../api/index.ts';

/** The body of POST /api/preview. */
export type PreviewRequest = Record<string, unknown>;

export interface PreviewState {
  /** The newest mail that could be composed; while there is a problem, it is an earlier one. */
  mail?: Preview;
  /** It is the mail of another person than is asked for. */
  anothers: boolean;
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
 * @param revision of what is saved: a request that names the template may mean another mail by now
 */
export function usePreview(request: PreviewRequest | undefined, revision: number): PreviewState {
  const api = useApi();
  const [answer, setAnswer] = useState<{ of?: string; mail?: Preview; whose?: string; problem?: ApiProblem }>({});
  const asked = request && JSON.stringify([revision, request]);
  useEffect(() => {
    if (asked === undefined) return;
    const [, body] = JSON.parse(asked) as [number, PreviewRequest];
    const outdated = new AbortController();
    const { signal } = outdated;
    const tell = (problem: ApiProblem) => setAnswer(({ mail, whose }) => ({ of: asked, mail, whose, problem }));
    const compose = () => api.post<Preview>('api/preview', { body, signal });
    const look = async () => {
      const mail = await patiently(compose, signal, tell);
      if (!signal.aborted) setAnswer({ of: asked, mail, whose: whomOf(body) });
      return false;
    };
    const timer = setTimeout(() => {
      repeatedly(look, freshness, signal).catch((thrown: unknown) => signal.aborted || tell(asProblem(thrown)));
    }, pause);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, asked]);
  const { of, mail, whose, problem } = answer;
  const anothers = mail !== undefined && request !== undefined && whose !== whomOf(request);
  return { mail, anothers, problem, composing: asked !== undefined && asked !== of };
}

const whomOf = ({ identity, sample }: PreviewRequest): string => JSON.stringify([identity, sample]);
