import { useEffect, useMemo, useState } from 'react';
import { useApi, type Helper, type List, type MappedTrait } from '../api/index.ts';
import { ownNames } from './own-names.ts';
import type { KnownToken } from './known-token.ts';

/**
 * What the editor proposes: traits with the share of people who have them, Millrace's own names, and the helpers.
 *
 * @param near names that are known from nearer by: the template's tokens, and the traits of the person who is looked at
 */
export function useKnownTokens(near: readonly string[]): KnownToken[] {
  const helpers = useAnswer<Helper[]>('api/templates/helpers');
  const map = useAnswer<List<MappedTrait>>('api/data-map?limit=200');
  return useMemo(() => {
    const mapped = (map?.data ?? []).map(mappedToken);
    const tokens = [...mapped, ...ownNames, ...near.map((name): KnownToken => ({ name, kind: 'token' }))];
    const different = new Map(tokens.reverse().map((token) => [token.name, token])); // the earlier knows more
    return [...different.values(), ...(helpers ?? []).map(helperToken)];
  }, [near, map, helpers]);
}

/** What a GET gives, once; nothing where the server does not have it: there is a little less to propose then. */
function useAnswer<T>(path: string): T | undefined {
  const api = useApi();
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    const leaving = new AbortController();
    api.get<T>(path, { signal: leaving.signal }).then(setAnswer, () => undefined);
    return () => leaving.abort();
  }, [api, path]);
  return answer;
}

function mappedToken({ name, title, description, sensitive, fill }: MappedTrait): KnownToken {
  const info = [title, description, sensitive ? 'Sensitive.' : undefined].filter(Boolean).join('\n');
  return { name, kind: 'token', filled: fill, info: info || undefined };
}

function helperToken({ name, usage, doc, dialect }: Helper): KnownToken {
  return { name, kind: usage.startsWith('#') ? 'block' : 'helper', detail: dialect, info: `${usage}\n${doc}` };
}
