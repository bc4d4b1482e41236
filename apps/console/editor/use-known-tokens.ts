import { useEffect, useState } from 'react';
import { useApi, type Helper } from '../api/index.ts';
import { ownNames } from './own-names.ts';
import type { KnownToken } from './known-token.ts';

const blocks = ['if', 'unless', 'each', 'with'];

/** What the editor proposes: the traits of the person who is looked at, Millrace's own names, and the helpers. */
export function useKnownTokens(traits: Record<string, unknown> | undefined): KnownToken[] {
  const api = useApi();
  const [helpers, setHelpers] = useState<KnownToken[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    api
      .get<Helper[]>('api/templates/helpers', { signal: leaving.signal })
      .then((found) => setHelpers(found.map(helperToken)))
      .catch(() => undefined); // without them there is a little less to propose
    return () => leaving.abort();
  }, [api]);
  const [known, setKnown] = useState<KnownToken[]>([]);
  useEffect(() => {
    const traitTokens = Object.keys(traits ?? {}).map((name): KnownToken => ({ name, kind: 'token', detail: 'trait' }));
    setKnown([...traitTokens, ...ownNames, ...helpers]);
  }, [traits, helpers]);
  return known;
}

function helperToken({ name, usage, doc, dialect }: Helper): KnownToken {
  const kind = blocks.includes(name) || usage.startsWith('#') || usage.startsWith('{{#') ? 'block' : 'helper';
  return { name, kind, detail: dialect, info: `${usage}\n${doc}` };
}
