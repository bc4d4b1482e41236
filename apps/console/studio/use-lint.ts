import { useEffect, useRef, useState } from 'react';
import { ApiProblem, useApi } from '../api/index.ts';
import { partsOf, type Draft } from '../drafts/index.ts';
import type { Finding } from './findings.ts';

const pause = 700;

/** What linting finds in the draft. A server that cannot lint is asked once; a template that does not parse is the preview's to tell. */
export function useLint(draft: Draft | undefined): Finding[] {
  const api = useApi();
  const [findings, setFindings] = useState<Finding[]>([]);
  const offered = useRef(true);
  const body = draft && JSON.stringify(partsOf(draft));
  useEffect(() => {
    if (body === undefined || !offered.current) return;
    const outdated = new AbortController();
    const timer = setTimeout(() => {
      api
        .post<{ findings: Finding[] }>('api/lint', { body: JSON.parse(body) as object, signal: outdated.signal })
        .then((answer) => setFindings(answer.findings))
        .catch((thrown: unknown) => {
          if (outdated.signal.aborted) return;
          if (thrown instanceof ApiProblem && thrown.status === 404) offered.current = false;
          setFindings([]);
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, body]);
  return findings;
}
