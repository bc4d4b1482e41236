import { useEffect, useState } from 'react';
import { ApiProblem, patiently, useApi, type LintFinding } from '../api/index.ts';

const pause = 600;
const none: LintFinding[] = [];

/** `failed`: it is not known what is odd, and nobody is looking. */
export type LookingState = 'looking' | 'looked' | 'failed';

/**
 * What linting finds in a template. Findings are of exactly this request: while somebody types there are none, so a fix never meets
 * another source. A server that cannot lint is asked once; one that cannot be reached, again: that is the preview's to tell.
 *
 * @param request the body of POST /api/lint; undefined where nobody may ask
 */
export function useLint(request: Record<string, unknown> | undefined): {
  findings: LintFinding[];
  state: LookingState;
} {
  const api = useApi();
  const [answer, setAnswer] = useState<{ of: string; findings?: LintFinding[] }>();
  const [offered, setOffered] = useState(true);
  const body = request && JSON.stringify(request);
  useEffect(() => {
    if (body === undefined || !offered) return;
    const outdated = new AbortController();
    const timer = setTimeout(() => {
      const { signal } = outdated;
      const ask = () => api.post<{ findings: LintFinding[] }>('api/lint', { body: JSON.parse(body) as object, signal });
      patiently(ask, signal, () => setAnswer({ of: body }))
        .then(({ findings }) => setAnswer({ of: body, findings }))
        .catch((thrown: unknown) => {
          if (!signal.aborted) setAnswer({ of: body });
          if (thrown instanceof ApiProblem && thrown.code === 'not_found') setOffered(false);
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, body, offered]);
  if (answer === undefined || answer.of !== body) return { findings: none, state: offered ? 'looking' : 'failed' };
  return { findings: answer.findings ?? none, state: answer.findings ? 'looked' : 'failed' };
}
