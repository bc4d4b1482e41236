import { useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Gate, type Preflight } from '../api/index.ts';

interface Asked {
  gate?: Gate;
  /** How many mails its preflight counted. */
  expected?: number;
  problem?: ApiProblem;
}

/** Whether a version may be exported for an audience now. */
export function useGate(template: string, version: number, audience: string | undefined): Asked {
  const api = useApi();
  const [asked, setAsked] = useState<Asked & { of?: string }>({});
  const of = `${template} ${version} ${audience}`;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const read = async () => {
      const gate = await api.get<Gate>(`api/templates/${template}/gate`, { query: { version, audience }, signal });
      const found =
        gate.preflight === null ? undefined : await api.get<Preflight>(`api/preflights/${gate.preflight}`, { signal });
      setAsked({ of, gate, expected: found?.counts.sendable });
    };
    read().catch((thrown: unknown) => signal.aborted || setAsked({ of, problem: asProblem(thrown) }));
    return () => leaving.abort();
  }, [api, template, version, audience, of]);
  return asked.of === of ? asked : {};
}
